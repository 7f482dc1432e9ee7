import { forkScript, whenAborted } from "./forked-process.ts";
import type { MonitoringMessage } from "./messages.ts";
import type { Addresses, MonitoringSettings } from "./monitoring/monitoring.ts";

/** Prometheus, Alertmanager, the probe and the preview, seen from the demo. */
export interface MonitoringProcess {
  readonly addresses: Addresses;
  /** Rejects when one of them ends before it was told to; never resolves. */
  readonly died: Promise<never>;
  /** Resolves when all of them are gone, and their data too. */
  end(): Promise<void>;
}

/** The first start bundles the preview's page. */
const LONGEST_START_SECONDS = 120;
const LONGEST_END_SECONDS = 15;

/**
 * Starts all of the monitoring in a process that takes it along when it ends, and waits until it is ready.
 *
 * @param signal ends it while it is still starting.
 * @throws Error with the reason why it cannot start; then nothing is left of it.
 */
export async function startMonitoring(
  settings: MonitoringSettings,
  signal: AbortSignal,
): Promise<MonitoringProcess> {
  const child = forkScript<MonitoringMessage>("monitoring", [JSON.stringify(settings)]);
  const end = (): Promise<void> => child.end(LONGEST_END_SECONDS);
  const stopWaiting = whenAborted(signal, end);
  try {
    const addresses = await child.waitFor("ready", LONGEST_START_SECONDS);
    return { addresses, died: child.died, end };
  } catch (error) {
    await end();
    throw error;
  } finally {
    stopWaiting();
  }
}
