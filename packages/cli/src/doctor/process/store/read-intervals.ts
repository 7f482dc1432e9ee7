import type { SampleInterval } from "../facts.ts";
import type { Store } from "./ask-store.ts";
import type { Select } from "./selectors.ts";

const WINDOW = "10m";
const WINDOW_SECONDS = 600;
const BY = "by (job, instance, client)";

/**
 * How far apart the samples of each job's slowest process are; only of processes that were there all the time. One
 * that was upgraded in between is the same.
 */
export async function readIntervals(store: Store, select: Select): Promise<readonly SampleInterval[]> {
  const info = select("info");
  const there = `group ${BY} (${info} offset ${WINDOW}) and group ${BY} (${info})`;
  const samples = `sum ${BY} (count_over_time(${info}[${WINDOW}])) and (${there})`;
  const fewest = await store.query(`min by (job) (${samples})`);
  return fewest.map(({ labels, value }) => ({ job: labels.job ?? "", seconds: WINDOW_SECONDS / value }));
}
