import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { type Simulator, startSimulator } from "@intercom-telemetry/simulator";
import type { HerdReport, HerdTask, Variant } from "./variants.ts";

/** One herd: real processes that share one token. */
export interface HerdSettings {
  readonly worker: string;
  readonly variant: Variant;
  readonly quota: number;
  readonly processes: number;
  /** What all together want, as a multiple of the quota. */
  readonly demand: number;
  /** Windows that are measured, after one that is not. */
  readonly windows: number;
}

/** What the simulator counted in the measured windows. */
export interface HerdResult {
  readonly variant: Variant;
  readonly quota: number;
  /** Use of the window that was used least, as a share of the quota. */
  readonly leastUse: number;
  readonly refusedShare: number;
  /** What the process that got most was served, over what the process that got least was served. */
  readonly mostOverLeast: number;
  readonly succeeded: number;
  readonly failed: number;
  /** Of any process: beyond some tenths of a second the machine was too busy for the figures to mean anything. */
  readonly longestStallSeconds: number;
}

const WINDOW_MILLISECONDS = 10_000;
const START_UP_MILLISECONDS = 3000;

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    child.kill();
    await once(child, "exit");
  }
}

async function runProcesses(
  settings: HerdSettings,
  { url }: Simulator,
): Promise<{ start: number; reports: HerdReport[] }> {
  const { worker, variant, quota, processes, demand, windows } = settings;
  const children = Array.from({ length: processes }, () => fork(worker, { execArgv: [] }));
  try {
    await Promise.all(children.map((child) => once(child, "message")));
    const start = Math.ceil((Date.now() + START_UP_MILLISECONDS) / WINDOW_MILLISECONDS) * WINDOW_MILLISECONDS;
    const reports = children.map(async (child, index) => {
      const task: HerdTask = {
        variant,
        url,
        token: "demo-token",
        process: `process-${index}`,
        callsPerSecond: (quota * demand * 1000) / WINDOW_MILLISECONDS / processes,
        startEpochMilliseconds: start,
        endEpochMilliseconds: start + (windows + 1) * WINDOW_MILLISECONDS,
      };
      const report = once(child, "message");
      child.send(task);
      const [message] = await report;
      return message as HerdReport;
    });
    return { start, reports: await Promise.all(reports) };
  } finally {
    await Promise.all(children.map(stop));
  }
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);

/** Plays one herd against a simulator. */
export async function playHerd(settings: HerdSettings): Promise<HerdResult> {
  const { variant, quota, processes } = settings;
  const simulator = await startSimulator({
    apps: [{ name: "demo", token: "demo-token", limitPerWindow: quota }],
    latency: { minSeconds: 0.01, maxSeconds: 0.06 },
  });
  try {
    const { start, reports } = await runProcesses(settings, simulator);
    const from = (start + WINDOW_MILLISECONDS) / 1000;
    const to = from + (settings.windows * WINDOW_MILLISECONDS) / 1000;
    const windows = simulator
      .windows()
      .filter(({ startEpochSeconds }) => startEpochSeconds >= from && startEpochSeconds < to);
    const served = Array.from({ length: processes }, (_, index) =>
      sum(windows.map((window) => window.processes[`process-${index}`]?.used ?? 0)),
    );
    const used = sum(windows.map((window) => window.used));
    const refused = sum(windows.map((window) => window.refused));
    return {
      variant,
      quota,
      leastUse: Math.min(...windows.map((window) => window.used)) / quota,
      refusedShare: refused / (used + refused),
      mostOverLeast: Math.max(...served) / Math.min(...served),
      succeeded: sum(reports.map((report) => report.succeeded)),
      failed: sum(reports.map((report) => report.failed)),
      longestStallSeconds: Math.max(...reports.map((report) => report.longestStallSeconds)),
    };
  } finally {
    await simulator.close();
  }
}
