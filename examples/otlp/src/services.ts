import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

/** A running process of the service. */
export interface ServiceProcess {
  readonly instance: string;
  /** Tells it to end; resolves when its last numbers are sent and it is gone. */
  end(): Promise<void>;
}

const EXPORT_INTERVAL_MILLISECONDS = 1000;

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  child.kill("SIGTERM");
  await gone;
}

/** Starts one process of the service, which sends its metrics to the store. */
export function startService(
  instance: string,
  { intercomUrl, token, storeUrl }: Readonly<Record<"intercomUrl" | "token" | "storeUrl", string>>,
): ServiceProcess {
  const env = {
    ...process.env,
    OTEL_SERVICE_NAME: "orders",
    OTEL_RESOURCE_ATTRIBUTES: `service.instance.id=${instance}`,
    OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: `${storeUrl}/opentelemetry/v1/metrics`,
    OTEL_METRIC_EXPORT_INTERVAL: String(EXPORT_INTERVAL_MILLISECONDS),
    OTEL_METRIC_EXPORT_TIMEOUT: String(EXPORT_INTERVAL_MILLISECONDS),
  };
  const script = fileURLToPath(new URL("service.ts", import.meta.url));
  const child = fork(script, [intercomUrl, token], { env });
  return { instance, end: () => end(child) };
}
