import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { METRICS } from "@intercom-telemetry/core/contract";
import { parsePage } from "../../packages/cli/src/doctor/process/page/parse-page.ts";
import { findFreePort } from "../matrix/zero-code/project.ts";
import { type Tally, tallySeries } from "../support/compare-records.ts";
import { root } from "../support/worker-bundle.ts";

/** One request that the program makes. */
export interface PlainCall {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** A program without a line of ours, started with `--import @intercom-telemetry/register`. */
export interface PlainProgram {
  makeCalls(calls: readonly PlainCall[]): Promise<void>;
  /** What its page of metrics has counted from the start. */
  readCounters(): Promise<Tally>;
  end(): void;
}

/** Builds the packages and starts the program, which calls Intercom at this URL. */
export async function startPlainProgram(url: string): Promise<PlainProgram> {
  execFileSync(process.execPath, ["packages/toolchain/src/build.mjs"], { cwd: root, stdio: "ignore" });
  const port = await findFreePort();
  const env = {
    ...process.env,
    INTERCOM_TELEMETRY_HOSTS: url,
    INTERCOM_TELEMETRY_METRICS: "prometheus",
    INTERCOM_TELEMETRY_PORT: String(port),
  };
  const words = ["--import", "@intercom-telemetry/register", "test/soak/plain-program.mjs"];
  const child = spawn(process.execPath, words, {
    cwd: root,
    env,
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const died = once(child, "exit").then(([code]) => {
    throw new Error(`the program without a line of ours ended with ${code}`);
  });
  died.catch(() => {});
  return {
    async makeCalls(calls) {
      const done = once(child, "message");
      child.send(calls);
      await Promise.race([done, died]);
    },
    async readCounters() {
      const page = await fetch(`http://127.0.0.1:${port}/metrics`, { headers: { connection: "close" } });
      const series = parsePage(await page.text());
      if (!series) throw new Error("expected a page of metrics");
      return tallySeries(series.filter(({ name }) => name === METRICS.requests.name));
    },
    end: () => void child.kill(),
  };
}
