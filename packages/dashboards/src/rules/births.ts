import { RATE_WINDOW, RATE_WINDOW_SECONDS } from "../names/records.ts";
import { select } from "../promql/idioms.ts";
import type { Promql } from "../promql/promql.ts";

/** Longer than any outage of a scrape after which a process would be taken for a new one. */
const MEMORY = "1h";

/** When a process began. Not ours: most clients of Prometheus have it. Without it the rules do with less. */
const STARTED = "process_start_time_seconds";

/** How old a process may be that is seen for the first time and counts as new. */
const NEW_SECONDS = 2 * RATE_WINDOW_SECONDS;

/**
 * First values of the counters that were born in the window. `rate` sees only growth between two scrapes,
 * so a counter that begins at 1 has lost an event. A failure that happens once in each process would never
 * be seen.
 *
 * Counted are the counters of a process that was scraped before, and of one that is new. Whether it is new, its start
 * says. Where the start is unknown, it is new when its job was scraped before, and the process was not: it may have
 * come back after missed scrapes. What ran before Prometheus knew it, under this name or another, is history.
 */
export function births({ raw, config }: Promql, key: "requests" | "retries"): string {
  const counter = raw(key);
  const process = [...config.groupLabels, "job", "instance"].join(", ");
  const job = [...config.groupLabels, "job"].join(", ");
  const info = raw("info");
  const started = `last_over_time(${select(STARTED, config.selector)}[${RATE_WINDOW}])`;
  return [
    `min_over_time(${counter}[${RATE_WINDOW}]) unless ${counter} offset ${RATE_WINDOW}`,
    `and on (${process}) (${info} offset ${RATE_WINDOW}`,
    `or ${started} > time() - ${NEW_SECONDS}`,
    `or last_over_time(${info}[${RATE_WINDOW}]) and on (${job}) ${info} offset ${RATE_WINDOW}`,
    `unless on (${process}) (last_over_time(${info}[${MEMORY}] offset ${RATE_WINDOW}) or ${started}))`,
  ].join("\n");
}
