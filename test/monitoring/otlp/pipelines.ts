import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  findFreePort,
  type LocalProcess,
  type LocalServer,
  readTarget,
  startScript,
  startVictoriaMetrics,
  startVmagent,
  waitUntil,
} from "@intercom-telemetry/local-prometheus";
import { type LedgerEntry, startSimulator } from "@intercom-telemetry/simulator";

/** A real service and the stores that its metrics reach, each in its own way. */
export interface Pipelines {
  /** Scraped from prom-client's page by vmagent. */
  readonly scraped: string;
  /** Over OTLP, relabeled as in the recipe. */
  readonly otlp: string;
  /** The same with VictoriaMetrics's Prometheus naming. */
  readonly otlpNamed: string;
  /** Page of the Prometheus exporter of OpenTelemetry's JavaScript SDK. */
  readonly exporterUrl: string;
  /** What Intercom has seen. */
  readonly ledger: readonly LedgerEntry[];
}

const RELABEL = fileURLToPath(new URL("../../../examples/otlp/relabel.yaml", import.meta.url));
const TIMEOUT_SECONDS = 90;
/** Identity of the process: by scrape and by OTLP the same. */
const [JOB, INSTANCE] = ["orders", "orders-1"];

/** What the service does. */
export interface Traffic {
  /** How often it makes the same calls. */
  readonly rounds: number;
  /** Time between two rounds. */
  readonly pauseMilliseconds: number;
}

const PASS = { kind: "pass" } as const;
const RESET = { kind: "reset" } as const;
const GATEWAY = { kind: "html", status: 502 } as const;

/** Early, so that all rates are over many seconds, and never two of a kind in a round: neither pipeline sees one alone. */
const FAULTS = {
  rules: [
    { match: { urlTemplate: "/tags" }, sequence: [RESET, PASS, GATEWAY, PASS, RESET, PASS, GATEWAY] },
    { match: { urlTemplate: "/admins" }, times: 3, action: { kind: "empty", status: 503 } },
    { match: { urlTemplate: "/me" }, skip: 1, times: 1, action: { kind: "rate_limited", by: "overload" } },
  ],
} as const;

function startStore(folder: string, name: string, flags: readonly string[]): Promise<LocalServer> {
  const own = join(folder, name);
  mkdirSync(own);
  return startVictoriaMetrics(own, flags);
}

function startService(args: readonly string[]): LocalProcess {
  process.env.OTEL_SERVICE_NAME = JOB;
  process.env.OTEL_RESOURCE_ATTRIBUTES = `service.instance.id=${INSTANCE}`;
  try {
    return startScript("test/monitoring/otlp/service.ts", args);
  } finally {
    delete process.env.OTEL_SERVICE_NAME;
    delete process.env.OTEL_RESOURCE_ATTRIBUTES;
  }
}

/** What vmagent has to know: the labels that service discovery would give. */
const scrapeConfig = (target: string): unknown => ({
  global: { scrape_interval: "1s" },
  scrape_configs: [
    { job_name: JOB, static_configs: [{ targets: [target], labels: { instance: INSTANCE } }] },
  ],
});

/**
 * Runs a service with both pipelines until it has made all of its calls, then asks.
 *
 * @param folder for everything that is written. The programs have to be on the PATH.
 * @param traffic with a pause that is longer than an export and a scrape are apart, both see the state after each round.
 */
export async function withPipelines<Result>(
  folder: string,
  { rounds, pauseMilliseconds }: Traffic,
  ask: (pipelines: Pipelines) => Promise<Result>,
): Promise<Result> {
  const running: { stop(): Promise<void> }[] = [];
  const keep = <Started extends { stop(): Promise<void> }>(started: Started): Started => {
    running.unshift(started);
    return started;
  };
  const simulator = await startSimulator({
    apps: [{ name: "orders", token: "otlp-token" }],
    windowSeconds: 1,
    script: FAULTS,
  });
  try {
    const relabel = `-relabelConfig=${RELABEL}`;
    const [scraped, otlp, otlpNamed] = await Promise.all([
      startStore(folder, "scraped", []),
      startStore(folder, "otlp", [relabel]),
      startStore(folder, "otlp-named", [relabel, "-opentelemetry.usePrometheusNaming"]),
    ]);
    for (const store of [scraped, otlp, otlpNamed]) keep(store);
    const exporterPort = await findFreePort();
    const service = keep(
      startService([
        simulator.url,
        ...[exporterPort, rounds, pauseMilliseconds].map(String),
        otlp.url,
        otlpNamed.url,
      ]),
    );
    const target = await readTarget(service, TIMEOUT_SECONDS);
    keep(await startVmagent(folder, scrapeConfig(target), scraped.url));
    const isDone = (): true | undefined => service.output().includes("done\n") || undefined;
    await Promise.race([waitUntil("all calls are made", TIMEOUT_SECONDS, isDone), service.died]);
    return await ask({
      scraped: scraped.url,
      otlp: otlp.url,
      otlpNamed: otlpNamed.url,
      exporterUrl: `http://127.0.0.1:${exporterPort}/metrics`,
      ledger: simulator.ledger.entries(),
    });
  } finally {
    for (const each of running) await each.stop();
    await simulator.close();
  }
}
