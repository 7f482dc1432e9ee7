import type { FallingCounters } from "../facts.ts";
import { processOf } from "../series.ts";
import type { Store } from "./ask-store.ts";
import type { Select } from "./selectors.ts";

const WINDOW = "30m";
const BY = "by (job, instance)";
/** A deployment restarts a process once or twice. */
const MOST_RESTARTS = 2;
/** Of the samples of a series. Even a process that ends every few minutes has fewer falls than this. */
const FEWEST_FALLS_RATIO = 0.1;

/**
 * Processes whose counters fell more often than the process was restarted. Sums of durations are asked too: of a rate
 * that does not change, delta temporality gives the same count again and again.
 */
export async function readFalling(store: Store, select: Select): Promise<readonly FallingCounters[]> {
  const falls = (selector: string) => {
    const samples = `${selector}[${WINDOW}]`;
    return store.query(
      `max ${BY} (resets(${samples}) >= ${FEWEST_FALLS_RATIO} * count_over_time(${samples}))`,
    );
  };
  const [requests, durations, restarts] = await Promise.all([
    falls(select("requests")),
    falls(select("duration", undefined, "_sum")),
    store.query(
      `max ${BY} (changes(process_start_time_seconds[${WINDOW}])) and ${BY.replace("by", "on")} group ${BY} (${select("info")})`,
    ),
  ]);
  const restarted = new Map(restarts.map((series) => [processOf(series), series.value]));
  const most = new Map<string, FallingCounters>();
  for (const series of [...requests, ...durations]) {
    const { job = "", instance = "" } = series.labels;
    const key = processOf(series);
    const count = Math.max(series.value, most.get(key)?.falls ?? 0);
    if (count > MOST_RESTARTS + (restarted.get(key) ?? 0)) most.set(key, { job, instance, falls: count });
  }
  return [...most.values()];
}
