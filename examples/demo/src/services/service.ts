import { serveMetrics } from "@intercom-telemetry/exporter";
import { NodeSDK, tracing } from "@opentelemetry/sdk-node";
import { register } from "prom-client";
import { endWithParent } from "../end-with-parent.ts";
import type { DemoMessage, ServiceMessage } from "../messages.ts";
import type { ChapterName } from "../story/chapters.ts";
import { IpcSpanExporter } from "./ipc-span-exporter.ts";
import { type Scenario, startTraffic, type Traffic } from "./traffic.ts";
import { type WatchedInstance, Witness } from "./witness.ts";

/** What a service is given to build its clients with. */
export interface ServiceSettings {
  /** Origin of the API. */
  readonly intercomUrl: string;
  /** Good until it is rotated, which in the demo has happened to {@link OLD_TOKEN}. */
  readonly token: string;
  /** Puts the demo's onlooker on an axios instance. */
  readonly watch: (instance: WatchedInstance) => void;
  /** Puts the demo's onlooker around a fetch. */
  readonly watchFetch: (send: typeof fetch) => typeof fetch;
}

/** A token that was valid once. */
export const OLD_TOKEN = "rotated-last-week";

/** How long an idle batch of spans waits. */
const EXPORT_DELAY_MILLISECONDS = 500;

const say = (message: ServiceMessage): void => void process.send?.(message);

/** What the parent hands over on the command line. */
function readArguments(): { intercomUrl: string; token: string; port: number } {
  const [intercomUrl = "", token = "", port = ""] = process.argv.slice(2);
  return { intercomUrl, token, port: Number(port) };
}

function startTracing(serviceName: string): tracing.SpanProcessor {
  const scheduledDelayMillis = EXPORT_DELAY_MILLISECONDS;
  const processor = new tracing.BatchSpanProcessor(new IpcSpanExporter(), { scheduledDelayMillis });
  new NodeSDK({
    serviceName,
    spanProcessors: [processor],
    metricReaders: [],
    logRecordProcessors: [],
    instrumentations: [],
  }).start();
  return processor;
}

/**
 * Runs a service process of the demo: tracing, `/metrics`, then traffic when the demo says so.
 *
 * @param createScenarios builds the service's clients and says what it does with them.
 */
export async function runService(
  name: string,
  createScenarios: (settings: ServiceSettings) => readonly Scenario[],
): Promise<void> {
  endWithParent();
  const { port, ...settings } = readArguments();
  const witness = new Witness();
  const spans = startTracing(name);
  const scenarios = createScenarios({
    ...settings,
    watch: (instance) => witness.watch(instance),
    watchFetch: (send) => witness.watchFetch(send),
  });
  let traffic: Traffic | undefined;
  const play = (chapter: ChapterName): void => {
    if (traffic) traffic.turnTo(chapter);
    else traffic = startTraffic(scenarios, chapter);
  };
  const drain = async (): Promise<void> => {
    await traffic?.stop();
    await spans.forceFlush();
    say({ kind: "drained", ...witness.seen });
  };
  process.on("message", (message: DemoMessage) => {
    if (message.kind === "play") play(message.chapter);
    else void drain();
  });
  try {
    const { url } = await serveMetrics({ registry: register, port });
    say({ kind: "ready", metricsUrl: url });
  } catch (error) {
    say({ kind: "failed", message: error instanceof Error ? error.message : String(error) });
  }
}
