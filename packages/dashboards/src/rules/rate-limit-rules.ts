import { formatDuration } from "../config/duration.ts";
import type { ResolvedConfig } from "../config/options.ts";
import { maxBy, rate, sumBy } from "../promql/idioms.ts";
import { RECORDS } from "../promql/records.ts";
import { clientLabels, rawMetric } from "../promql/select.ts";
import type { RecordingRule } from "./rule.ts";

const SHORTEST_DEMAND_SECONDS = 60;
const WINDOW_USAGE_SECONDS = 900;

/** Window over which demand is averaged: a minute, or four scrapes where that is longer. */
export function demandWindow(config: ResolvedConfig): string {
  return formatDuration(Math.max(SHORTEST_DEMAND_SECONDS, 4 * config.scrapeIntervalSeconds));
}

/**
 * Quota left at the last scrape of the process that saw least. A process whose window had ended when it was scraped
 * counts as full: its reading is about a window that no longer exists.
 */
function remainingExpr(config: ResolvedConfig): string {
  const reset = rawMetric(config, "rateLimitReset");
  const fresh = `${rawMetric(config, "rateLimitRemaining")} and (${reset} > timestamp(${reset}))`;
  return `min by (${clientLabels(config).join(", ")}) (${fresh} or ${rawMetric(config, "rateLimit")})`;
}

/** Every process sees the same window, so the largest share counts, of those that saw enough windows. */
function tightWindowsExpr(config: ResolvedConfig): string {
  const window = formatDuration(WINDOW_USAGE_SECONDS);
  const edge = config.thresholds.windowEdgeRatio;
  const below = rate(rawMetric(config, "windowUsage", [`le="${edge}"`], "_bucket"), window);
  const all = rate(rawMetric(config, "windowUsage", [], "_count"), window);
  const enough = `${all} * ${WINDOW_USAGE_SECONDS} >= ${config.thresholds.minimumWindows}`;
  const share = `1 - ${below} / ignoring (le) (${all} > 0)`;
  return maxBy(clientLabels(config), `${share} and ignoring (le) (${enough})`);
}

/** The quota: how much there is, how much is left, who uses it. */
export function rateLimitRules(config: ResolvedConfig): readonly RecordingRule[] {
  const labels = clientLabels(config);
  const requests = rate(rawMetric(config, "requests"), demandWindow(config));
  const used = `(${RECORDS.limit} - ${RECORDS.remaining}) / ${RECORDS.limit}`;
  return [
    { record: RECORDS.limit, expr: maxBy(labels, `${rawMetric(config, "rateLimit")} > 0`) },
    { record: RECORDS.remaining, expr: remainingExpr(config) },
    // Counters, not the gauge: a scrape that always falls at the same point of the window sees the same height.
    {
      record: RECORDS.demand,
      expr: `${config.windowSeconds} * ${sumBy(labels, requests)} / ${RECORDS.limit}`,
    },
    { record: RECORDS.tightWindows, expr: tightWindowsExpr(config) },
    { record: RECORDS.others, expr: `clamp_min(${used} - ${RECORDS.demand}, 0)` },
  ];
}
