import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startServe } from "@intercom-telemetry/local-prometheus";
import { type Simulator, startSimulator } from "@intercom-telemetry/simulator";
import type { Scene } from "../drill.ts";
import { QUOTA_WINDOW_SECONDS } from "../time/clocks.ts";
import { TOKEN } from "./client-scene.ts";

/** The Intercom that is probed, and its clock. */
export interface ProbedStage {
  readonly simulator: Simulator;
  /** Sets Intercom's clock this far ahead of ours. */
  setClockAheadSeconds(seconds: number): void;
}

/** A fault, for as long as it lasts. */
export interface ProbedFault {
  readonly begin: (stage: ProbedStage) => void;
  readonly end: (stage: ProbedStage) => void;
  /** Labels of the alert. Default: the client. */
  readonly identity?: Readonly<Record<string, string>>;
}

/** Starts the command `intercom-telemetry serve` as a process, probing an Intercom in this one. */
export async function openServeScene(name: string, { begin, end, identity }: ProbedFault): Promise<Scene> {
  let aheadMilliseconds = 0;
  const simulator = await startSimulator({
    apps: [{ name, token: TOKEN }],
    windowSeconds: QUOTA_WINDOW_SECONDS,
    ledgerLimit: 1,
    epochMilliseconds: () => Date.now() + aheadMilliseconds,
  });
  const stage = {
    simulator,
    setClockAheadSeconds(seconds: number) {
      aheadMilliseconds = seconds * 1000;
    },
  };
  const folder = mkdtempSync(join(tmpdir(), "drill-serve-"));
  const serve = await startServe({
    folder,
    // One scaled minute.
    intervalSeconds: 1,
    timeoutSeconds: 10,
    intercomUrl: simulator.url,
    clients: [name],
    token: TOKEN,
  });
  return {
    target: serve.address,
    identity: identity ?? { client: name },
    begin() {},
    async play(delivered) {
      begin(stage);
      await delivered;
      end(stage);
    },
    async close() {
      await serve.stop();
      await simulator.close();
      rmSync(folder, { recursive: true });
    },
  };
}
