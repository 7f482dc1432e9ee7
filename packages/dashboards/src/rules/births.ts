import { RATE_WINDOW } from "../names/records.ts";
import { groupBy } from "../promql/idioms.ts";
import type { Promql } from "../promql/promql.ts";

/** Longer than any outage of a scrape after which a process would be taken for a new one. */
const MEMORY = "1h";

/**
 * First values of the counters that were born in the window. `rate` sees only growth between two scrapes,
 * so a counter that begins at 1 has lost an event. A failure that happens once in each process would never
 * be seen.
 *
 * Counted are only counters of jobs that were scraped before: what a job did before Prometheus knew it is history. A
 * process that comes back after missed scrapes brings no new counters.
 */
export function births({ raw, config }: Promql, key: "requests" | "retries"): string {
  const counter = raw(key);
  const process = [...config.groupLabels, "job", "instance"];
  const job = [...config.groupLabels, "job"];
  const info = raw("info");
  const known = `${info} offset ${RATE_WINDOW}`;
  const returned = `${groupBy(process, `last_over_time(${info}[${MEMORY}] offset ${RATE_WINDOW})`)} unless on (${process.join(", ")}) ${known}`;
  return [
    `min_over_time(${counter}[${RATE_WINDOW}]) unless ${counter} offset ${RATE_WINDOW}`,
    `and on (${job.join(", ")}) ${known}`,
    `unless on (${process.join(", ")}) (${returned})`,
  ].join("\n");
}
