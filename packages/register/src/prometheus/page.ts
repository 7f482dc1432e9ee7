import { isMainThread } from "node:worker_threads";
import type { MetricsRegistry, Recorder } from "@intercom-telemetry/core/record";
import { warnVisibly } from "@intercom-telemetry/core/record";
import { diag } from "@opentelemetry/api";
import type { Settings } from "../environment/environment.ts";
import { LateRegistry } from "./late-registry.ts";

/** Programs that only start others, under which a variable such as NODE_OPTIONS loads us too. */
const STARTERS = /[\\/](?:npm|npx|pnpm|pnpx|yarn|yarnpkg|corepack)(?:-cli)?(?:\.[cm]?js)?$/;

const warn = (message: string): void => warnVisibly("INTERCOM_TELEMETRY_PAGE", message);

/** Why this process or thread has no page: another one has it, and a scrape must not meet now one and now the other. */
function findObstacle(): string | undefined {
  if (!isMainThread) return "worker threads";
  // What node:cluster sets in its workers.
  return process.env.NODE_UNIQUE_ID === undefined ? undefined : "workers of node:cluster";
}

/** Says once, when there is something to miss, that nobody can see it. */
function warnOfUnseen(place: string): Recorder {
  let warned = false;
  return {
    finish() {
      if (warned) return;
      warned = true;
      warn(
        `requests to Intercom from ${place} are not on the page of metrics; use INTERCOM_TELEMETRY_METRICS=otlp`,
      );
    },
  };
}

const isMissing = (error: unknown): boolean =>
  (error as NodeJS.ErrnoException | undefined)?.code === "ERR_MODULE_NOT_FOUND";

async function serve(late: LateRegistry, { port, address }: Settings): Promise<void> {
  const [{ Registry }, { serveMetrics }] = await Promise.all([
    import("prom-client"),
    import("@intercom-telemetry/exporter"),
  ]);
  const registry = new Registry();
  late.become(registry as MetricsRegistry);
  const server = await serveMetrics({
    registry,
    ...(port === undefined ? {} : { port }),
    // A user who names an address wants it to be reached.
    ...(address === undefined ? {} : { host: address, insecure: true }),
  });
  // A program that has nothing else to do ends as it would without us.
  server.unref();
  diag.info(`intercom-telemetry: metrics at ${server.url}`);
}

/** What records metrics for the page. */
export interface PageOptions {
  readonly registry?: MetricsRegistry;
  readonly recorders?: readonly Recorder[];
}

/**
 * Serves the metrics of this process for Prometheus, from a separate registry: the page of the program, if it has one,
 * stays as it is. When the page cannot be, that is said in a warning, and the program runs.
 */
export function servePage(settings: Settings): PageOptions {
  if (STARTERS.test(process.argv[1] ?? "")) return {};
  const obstacle = findObstacle();
  if (obstacle !== undefined) return { recorders: [warnOfUnseen(obstacle)] };
  const registry = new LateRegistry();
  serve(registry, settings).catch((error: unknown) => {
    const reason = isMissing(error)
      ? "it needs one more package: npm install prom-client"
      : String((error as Error).message);
    warn(`INTERCOM_TELEMETRY_METRICS=prometheus has no page: ${reason}`);
  });
  return { registry };
}
