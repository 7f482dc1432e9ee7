import { serveMetrics } from "@intercom-telemetry/exporter";
import { type Registry, register } from "prom-client";
import { endWithParent } from "../end-with-parent.ts";
import type { DemoMessage, ServiceMessage } from "../messages.ts";
import type { ChapterName } from "../story/chapters.ts";
import { startTelemetry } from "./telemetry.ts";
import { type Scenario, startTraffic, type Traffic } from "./traffic.ts";
import { type WatchedInstance, Witness } from "./witness.ts";

/** What a service is given to build its clients with. */
export interface ServiceSettings {
  /** Origin of the API. */
  readonly intercomUrl: string;
  /** Good until it is rotated, which in the demo has happened to {@link OLD_TOKEN}. */
  readonly token: string;
  /** Where the instrumentation writes metrics: prom-client's registry, or OpenTelemetry's registered meter provider. */
  readonly metrics: { readonly registry: Registry } | { readonly meter: true };
  /** Puts the demo's onlooker on an axios instance. */
  readonly watch: (instance: WatchedInstance) => void;
  /** Puts the demo's onlooker around a fetch. */
  readonly watchFetch: (send: typeof fetch) => typeof fetch;
}

/** A token that was valid once. */
export const OLD_TOKEN = "rotated-last-week";

const say = (message: ServiceMessage): void => void process.send?.(message);

/** What the parent hands over on the command line. */
function readArguments() {
  const [intercomUrl = "", token = "", port = "", storeUrl = ""] = process.argv.slice(2);
  return { intercomUrl, token, port: Number(port), storeUrl: storeUrl === "" ? undefined : storeUrl };
}

/**
 * Runs a service process of the demo: telemetry, `/metrics` where it is scraped, then traffic when the demo says so.
 *
 * @param createScenarios builds the service's clients and says what it does with them.
 */
export async function runService(
  name: string,
  createScenarios: (settings: ServiceSettings) => readonly Scenario[],
): Promise<void> {
  endWithParent();
  const { port, storeUrl, ...settings } = readArguments();
  const witness = new Witness();
  const telemetry = startTelemetry(name, storeUrl);
  const scenarios = createScenarios({
    ...settings,
    metrics: storeUrl === undefined ? { registry: register } : { meter: true },
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
    await telemetry.flush();
    say({ kind: "drained", ...witness.seen });
  };
  process.on("message", (message: DemoMessage) => {
    if (message.kind === "play") play(message.chapter);
    else void drain();
  });
  try {
    const page = storeUrl === undefined ? await serveMetrics({ registry: register, port }) : undefined;
    say({ kind: "ready", metricsUrl: page?.url });
  } catch (error) {
    say({ kind: "failed", message: error instanceof Error ? error.message : String(error) });
  }
}
