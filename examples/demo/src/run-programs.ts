import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stopProcesses } from "@intercom-telemetry/local-prometheus";
import { endWithParent } from "./end-with-parent.ts";
import type { Failed } from "./messages.ts";

/** Ctrl-C reaches the programs too: time for the demo to react to it first. */
const SIGNAL_DELAY_MILLISECONDS = 1000;

/** Programs that have been started. */
interface Started<Addresses> {
  readonly addresses: Addresses;
  /** Rejects when one of them ends by itself. */
  readonly died: Promise<never>;
}

const describe = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/**
 * Runs programs of this machine in a process that ends, and all that it has started, with its parent.
 *
 * @param start gets a folder for everything that is written.
 */
export async function runPrograms<Addresses extends object>(
  start: (folder: string) => Promise<Started<Addresses>>,
): Promise<void> {
  const say = (message: Failed | ({ readonly kind: "ready" } & Addresses)): void =>
    void process.send?.(message);
  const folder = mkdtempSync(join(tmpdir(), "intercom-demo-"));
  // Whatever ends this process: its data go with it. They are of no use to anybody, so nothing is ended gently.
  process.on("exit", () => rmSync(folder, { recursive: true, force: true, maxRetries: 10 }));
  endWithParent(() => stopProcesses("SIGKILL"));
  try {
    const { addresses, died } = await start(folder);
    died.catch((error: unknown) => {
      setTimeout(() => say({ kind: "failed", message: describe(error) }), SIGNAL_DELAY_MILLISECONDS);
    });
    say({ kind: "ready", ...addresses });
  } catch (error) {
    say({ kind: "failed", message: describe(error) });
  }
}
