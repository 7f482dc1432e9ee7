import { monitorEventLoopDelay } from "node:perf_hooks";
import { createCall } from "./make-call.ts";
import type { HerdReport, HerdTask } from "./variants.ts";

const sleepUntil = (epochMilliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, Math.max(0, epochMilliseconds - Date.now())));

/** Calls arrive at their own rate, at random distances, whether earlier ones have settled or not. */
async function work(task: HerdTask): Promise<HerdReport> {
  const call = createCall(task);
  const delays = monitorEventLoopDelay();
  delays.enable();
  const report = { made: 0, succeeded: 0, failed: 0 };
  const settle = (key: "succeeded" | "failed") => () => {
    report[key] += 1;
  };
  let next = task.startEpochMilliseconds;
  for (;;) {
    next += (-Math.log(1 - Math.random()) * 1000) / task.callsPerSecond;
    if (next >= task.endEpochMilliseconds) break;
    await sleepUntil(next);
    report.made += 1;
    call().then(settle("succeeded"), settle("failed"));
  }
  await sleepUntil(task.endEpochMilliseconds);
  return { ...report, longestStallSeconds: delays.max / 1e9 };
}

process.on("message", async (task: HerdTask) => {
  const report = await work(task);
  process.send?.(report, () => process.exit());
});
process.send?.("ready");
