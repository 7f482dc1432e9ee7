/** The monitoring of the demo: `monitoring.ts <settings as JSON>`. It ends, and all that it started, with its parent. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stopProcesses } from "@intercom-telemetry/local-prometheus";
import { endWithParent } from "./end-with-parent.ts";
import type { MonitoringMessage } from "./messages.ts";
import { type MonitoringSettings, openMonitoring } from "./monitoring/monitoring.ts";

/** Ctrl-C reaches Prometheus too: time for the demo to react to it first. */
const SIGNAL_DELAY_MILLISECONDS = 1000;

const say = (message: MonitoringMessage): void => void process.send?.(message);
const describe = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const folder = mkdtempSync(join(tmpdir(), "intercom-demo-"));
// Whatever ends this process: its data go with it. They are of no use to anybody, so nothing is ended gently.
process.on("exit", () => rmSync(folder, { recursive: true, force: true, maxRetries: 10 }));
endWithParent(() => stopProcesses("SIGKILL"));

try {
  const settings = JSON.parse(process.argv[2] ?? "") as MonitoringSettings;
  const { addresses, died } = await openMonitoring(folder, settings);
  died.catch((error: unknown) => {
    setTimeout(() => say({ kind: "failed", message: describe(error) }), SIGNAL_DELAY_MILLISECONDS);
  });
  say({ kind: "ready", ...addresses });
} catch (error) {
  say({ kind: "failed", message: describe(error) });
}
