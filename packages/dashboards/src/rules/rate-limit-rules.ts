import { formatDuration } from "@intercom-telemetry/guards/duration";
import { RECORDS } from "../names/records.ts";
import { maxBy, rate } from "../promql/idioms.ts";
import type { Promql } from "../promql/promql.ts";
import type { RecordingRule } from "./rule.ts";

const WINDOW_USAGE_SECONDS = 900;
const OTHERS_WINDOW = "10m";

/**
 * Quota left at the last scrape of the process that saw least. A process whose window had ended when it was scraped
 * counts as full: its reading is about a window that no longer exists.
 */
function remainingExpr({ labels, raw }: Promql): string {
  const reset = raw("rateLimitReset");
  const fresh = `${raw("rateLimitRemaining")} and (${reset} > timestamp(${reset}))`;
  return `min by (${labels("client").join(", ")}) (${fresh} or ${raw("rateLimit")})`;
}

/** Every process sees the same window, so the largest share counts, of those that saw enough windows. */
function tightWindowsExpr({ labels, raw, config }: Promql): string {
  const window = formatDuration(WINDOW_USAGE_SECONDS);
  const { windowEdgeRatio, minimumWindows } = config.thresholds;
  const below = rate(raw("windowUsage", [`le="${windowEdgeRatio}"`], "_bucket"), window);
  const all = rate(raw("windowUsage", [], "_count"), window);
  const enough = `${all} * ${WINDOW_USAGE_SECONDS} >= ${minimumWindows}`;
  const share = `1 - ${below} / ignoring (le) (${all} > 0)`;
  return maxBy(labels("job"), `${share} and ignoring (le) (${enough})`);
}

/** The quota: how much there is, how much is left, who uses it. */
export function rateLimitRules(promql: Promql): readonly RecordingRule[] {
  const { labels, raw, sum, config } = promql;
  const { limit, remaining, used, demand } = RECORDS;
  return [
    { record: limit, expr: maxBy(labels("client"), `${raw("rateLimit")} > 0`) },
    { record: remaining, expr: remainingExpr(promql) },
    { record: used, expr: `1 - ${remaining} / ${limit}` },
    // Counters, not the gauge: a scrape that always falls at the same point of the window sees the same height.
    { record: demand, expr: `${config.windowSeconds} * ${sum("client", RECORDS.requests)} / ${limit}` },
    // A window is scraped while it fills, so on average the used part of a sample is below the demand. What
    // is seen beyond our own demand was used by others. Compared sample by sample, our own burst would look
    // like others.
    {
      record: RECORDS.others,
      expr: `clamp_min(avg_over_time(${used}[${OTHERS_WINDOW}]) - max_over_time(${demand}[${OTHERS_WINDOW}]), 0)`,
    },
    { record: RECORDS.tightWindows, expr: tightWindowsExpr(promql) },
  ];
}
