import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { LedgerEntry } from "@intercom-telemetry/simulator";

/** A simulator in another process. */
export interface RemoteSimulator {
  readonly url: string;
  /** What has gone over the wire since the last time, once nothing is on its way. */
  takeLedger(): Promise<LedgerEntry[]>;
  end(): void;
}

async function control(url: string, method: string, name: string): Promise<unknown> {
  const response = await fetch(`${url}/__simulator/${name}`, { method, headers: { connection: "close" } });
  if (!response.ok) throw new Error(`${method} ${name}: expected 200, got ${response.status}`);
  return response.json();
}

const root = fileURLToPath(new URL("../..", import.meta.url));

/**
 * Starts the process and waits for its URL.
 *
 * @throws Error when the process ends before it has one.
 */
export async function startRemoteSimulator(seed: number): Promise<RemoteSimulator> {
  const file = fileURLToPath(new URL("simulator-process.ts", import.meta.url));
  const args = ["--import", "tsx", file, String(seed)];
  const env = { ...process.env, TSX_TSCONFIG_PATH: `${root}tsconfig.base.json` };
  const child = spawn(process.execPath, args, { cwd: root, env, stdio: ["ignore", "pipe", "inherit"] });
  const died = once(child, "exit").then(([code]) => {
    throw new Error(`the simulator ended with ${code} before it was ready`);
  });
  const [line] = (await Promise.race([once(child.stdout.setEncoding("utf8"), "data"), died])) as [string];
  died.catch(() => {});
  const url = line.trim();
  return {
    url,
    async takeLedger() {
      await control(url, "GET", "idle");
      const { entries, dropped } = (await control(url, "GET", "ledger")) as {
        entries: LedgerEntry[];
        dropped: number;
      };
      if (dropped > 0) throw new Error(`the ledger dropped ${dropped} entries`);
      await control(url, "DELETE", "ledger");
      return entries;
    },
    end: () => void child.kill(),
  };
}
