import { forkScript, whenAborted } from "./forked-process.ts";
import type { DemoMessage, ServiceMessage } from "./messages.ts";
import type { MetricsPlace } from "./read-metrics.ts";
import type { SpanRecord } from "./services/span-record.ts";
import type { Seen } from "./services/witness.ts";
import type { ChapterName } from "./story/chapters.ts";

/** A service process of the demo, seen from the demo. */
export interface ServiceProcess extends MetricsPlace {
  /** Rejects when the process ends before it was told to; never resolves. */
  readonly died: Promise<never>;
  /** Begins the traffic of a chapter, or switches to it. */
  play(chapter: ChapterName): void;
  /** Stops the traffic; resolves when the last request has ended and its span is here. */
  drain(): Promise<Seen>;
  /** Resolves when the process is gone. */
  end(): Promise<void>;
}

/** What a service process has to know. */
export interface ServiceArguments {
  readonly intercomUrl: string;
  readonly token: string;
  /** Port of `/metrics`. */
  readonly port: number;
  /** Where it sends its metrics over OTLP, instead of serving them. */
  readonly storeUrl: string | undefined;
}

/** What the demo does about a service process. */
export interface ServiceHandling {
  readonly onSpan: (span: SpanRecord) => void;
  /** Ends the process while it is still starting. */
  readonly signal: AbortSignal;
}

/** Retries and time limits take a few seconds; more than this is a fault of the demo. */
const LONGEST_DRAIN_SECONDS = 20;
const LONGEST_START_SECONDS = 60;
const LONGEST_END_SECONDS = 2;

/** Starts a service as a separate process and waits until its metrics can be read. */
export async function startService(
  name: string,
  { intercomUrl, token, port, storeUrl }: ServiceArguments,
  { onSpan, signal }: ServiceHandling,
): Promise<ServiceProcess> {
  const child = forkScript<ServiceMessage, DemoMessage>(name, [
    intercomUrl,
    token,
    String(port),
    storeUrl ?? "",
  ]);
  child.onMessage((message) => {
    if (message.kind === "spans") message.spans.forEach(onSpan);
  });
  const end = (): Promise<void> => child.end(LONGEST_END_SECONDS);
  const stopWaiting = whenAborted(signal, end);
  const ready = child.waitFor("ready", LONGEST_START_SECONDS);
  const { metricsUrl } = await ready.catch(async (error: unknown) => {
    await end();
    throw error;
  });
  stopWaiting();
  return {
    name,
    metricsUrl,
    storeUrl,
    died: child.died,
    play: (chapter) => child.send({ kind: "play", chapter }),
    drain: () => {
      const drained = child.waitFor("drained", LONGEST_DRAIN_SECONDS);
      child.send({ kind: "drain" });
      return drained;
    },
    end,
  };
}
