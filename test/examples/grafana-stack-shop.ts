import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { SERVICES } from "./compose-file.ts";
import { type OtlpReceiver, startOtlpReceiver } from "./otlp-receiver.ts";
import { findFreePorts, type Program, startProgram } from "./program.ts";

/** The running service of the Grafana stack. */
export interface Shop {
  readonly program: Program;
  /** Stands in for the collector. */
  readonly collector: OtlpReceiver;
  readonly metricsPort: number;
  readonly intercomPort: number;
}

/** Starts the service with the environment of its container; only addresses and pace differ. It ends with the test. */
export async function startShop(): Promise<Shop> {
  const collector = await startOtlpReceiver();
  const metricsPort = await findFreePorts();
  const intercomPort = metricsPort + 1;
  const program = startProgram("examples/grafana-stack/src/main.ts", {
    env: {
      ...SERVICES.shop?.environment,
      METRICS_HOST: "127.0.0.1",
      METRICS_PORT: String(metricsPort),
      INTERCOM_PORT: String(intercomPort),
      ROUND_SECONDS: "0.2",
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_EXPORTER_OTLP_PROTOCOL: "http/json",
      OTEL_BSP_SCHEDULE_DELAY: "200",
      OTEL_TRACES_EXPORTER: undefined,
    },
  });
  await program.printed(/its metrics are on/);
  return { program, collector, metricsPort, intercomPort };
}

/** A folder that goes away with the test. */
export function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "grafana-stack-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
