import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readTarget, startScript } from "@intercom-telemetry/local-prometheus";
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

const LONGEST_START_SECONDS = 90;

/** Writes what `intercom-telemetry serve` needs: a probe each second is one a scaled minute. */
function writeConfig(folder: string, name: string, simulator: Simulator): string {
  writeFileSync(join(folder, "token"), TOKEN);
  const file = join(folder, "serve.yaml");
  const config = {
    interval_seconds: 1,
    status_url: `${simulator.url}/__status/api/v2/summary.json`,
    clients: [{ name, base_url: simulator.url, token_file: "token" }],
    metrics: { port: 0 },
  };
  writeFileSync(file, JSON.stringify(config));
  return file;
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
  const serve = startScript("packages/exporter/src/cli.ts", [
    "serve",
    "--config",
    writeConfig(folder, name, simulator),
  ]);
  return {
    target: await readTarget(serve, LONGEST_START_SECONDS),
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
