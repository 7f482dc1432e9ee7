import { setTimeout as sleep } from "node:timers/promises";
import type { Screen } from "./display/screen.ts";
import { type ServiceView, viewService } from "./display/service-view.ts";
import { readMetrics } from "./read-metrics.ts";
import type { ServiceProcess } from "./service-process.ts";

const secondsSince = (startedMilliseconds: number): number =>
  (performance.now() - startedMilliseconds) / 1000;

/** Sleeps, unless it is time to end. */
async function wait(seconds: number, signal: AbortSignal): Promise<void> {
  await sleep(Math.max(0, seconds) * 1000, undefined, { signal }).catch(() => {});
}

/**
 * Shows what the services have counted, until the time is over or the signal says stop.
 *
 * @param forSeconds how long; without end when `Infinity`.
 * @returns how long it was, in seconds.
 */
export async function watchServices(
  services: readonly ServiceProcess[],
  screen: Screen,
  forSeconds: number,
  signal: AbortSignal,
): Promise<number> {
  const startedMilliseconds = performance.now();
  let views: readonly ServiceView[] = [];
  let shownSeconds = 0;
  while (!signal.aborted && shownSeconds < forSeconds) {
    await wait(Math.min(screen.everySeconds, forSeconds - shownSeconds), signal);
    const seconds = secondsSince(startedMilliseconds);
    const pages = await Promise.all(services.map(readMetrics));
    const elapsedSeconds = seconds - shownSeconds;
    views = pages.map((samples, index) =>
      viewService(services[index]?.name ?? "", samples, views[index], elapsedSeconds),
    );
    shownSeconds = seconds;
    screen.show(views, seconds);
  }
  screen.close();
  return secondsSince(startedMilliseconds);
}
