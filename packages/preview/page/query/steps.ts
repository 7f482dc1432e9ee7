import type { TimeRange } from "@grafana/data";
import { rangeUtil } from "@grafana/data";
import type { Replacements } from "./interpolate.ts";

/** Interval at which Prometheus scrapes when a panel says nothing. */
const DEFAULT_SCRAPE_INTERVAL = "15s";

/** Moments of a range query. */
export interface Steps {
  readonly startSeconds: number;
  readonly endSeconds: number;
  readonly stepSeconds: number;
  /** Grafana's own variables for this picture. */
  readonly builtIn: Replacements;
}

/** Chooses the step as Grafana does: about one point a pixel, never finer than the scrapes. */
export function chooseSteps(range: TimeRange, widthPixels: number, scrapeInterval?: string): Steps {
  const shortest = scrapeInterval ?? DEFAULT_SCRAPE_INTERVAL;
  const scrapeSeconds = rangeUtil.intervalToSeconds(shortest);
  const { intervalMs } = rangeUtil.calculateInterval(range, Math.max(widthPixels, 100), shortest);
  const stepSeconds = Math.max(intervalMs / 1000, scrapeSeconds);
  const fromSeconds = range.from.valueOf() / 1000;
  const toSeconds = range.to.valueOf() / 1000;
  const rateSeconds = Math.max(stepSeconds + scrapeSeconds, 4 * scrapeSeconds);
  return {
    startSeconds: Math.floor(fromSeconds / stepSeconds) * stepSeconds,
    endSeconds: Math.floor(toSeconds / stepSeconds) * stepSeconds,
    stepSeconds,
    builtIn: {
      __interval: `${stepSeconds}s`,
      __interval_ms: `${stepSeconds * 1000}`,
      __rate_interval: `${rateSeconds}s`,
      __range: `${Math.round(toSeconds - fromSeconds)}s`,
      __range_s: `${Math.round(toSeconds - fromSeconds)}`,
    },
  };
}
