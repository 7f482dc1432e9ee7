import { METRICS } from "@intercom-telemetry/core/contract";
import type { AlertingRule, RuleGroup } from "@intercom-telemetry/dashboards";
import { type Episode, listEpisodes } from "./episodes.ts";
import { type InlinedAlert, inlineRecords } from "./inline-records.ts";
import { queryInParts } from "./query-in-parts.ts";
import type { Moments, QueryRange } from "./query-store.ts";

/** What an alert would have done. */
export interface AlertBacktest {
  readonly alert: string;
  readonly severity: string;
  readonly episodes: readonly Episode[];
  /** Why it could not be evaluated; absent when it could. */
  readonly problem?: string;
}

/** What the alerts would have done on a store's history. */
export interface BacktestReport extends Moments {
  /** Part of the time for which the store has metrics of a client. */
  readonly coverageRatio: number;
  readonly alerts: readonly AlertBacktest[];
}

/** What to evaluate, and where. */
export interface BacktestSettings extends Moments {
  readonly groups: readonly RuleGroup[];
  readonly queryRange: QueryRange;
  /** Called after each alert. */
  readonly onAlert?: ((result: AlertBacktest, done: number, all: number) => void) | undefined;
}

const UNIT_SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };
const COVERAGE_STEP_SECONDS = 900;

/** Seconds of a duration of Prometheus with any number of units, such as `1h30m`. */
function readSeconds(duration: string | undefined): number {
  const parts = (duration ?? "").matchAll(/(?<!\d)(\d+)([smhdw])/g);
  return [...parts].reduce(
    (sum, [, count, unit]) => sum + Number(count) * (UNIT_SECONDS[unit ?? ""] ?? 0),
    0,
  );
}

const withLabels = (episode: Episode, rule: AlertingRule): Episode => ({
  ...episode,
  labels: { ...episode.labels, ...rule.labels },
});

/** Tells whether a store knows MetricsQL. */
async function readsMetricsQl(queryRange: QueryRange, { endSeconds }: Moments): Promise<boolean> {
  const moment = { startSeconds: endSeconds, endSeconds, stepSeconds: 1 };
  return queryRange("WITH (one = 1) one", moment).then(
    () => true,
    () => false,
  );
}

async function evaluate(
  { rule, expr, metricsQl }: InlinedAlert,
  isMetricsQl: boolean,
  { queryRange, ...settings }: BacktestSettings,
): Promise<AlertBacktest> {
  const { startSeconds, endSeconds, stepSeconds } = settings;
  const { keep_firing_for }: AlertingRule & { readonly keep_firing_for?: string | undefined } = rule;
  const patience = {
    forSeconds: readSeconds(rule.for),
    keepFiringForSeconds: readSeconds(keep_firing_for),
    stepSeconds,
  };
  const result = { alert: rule.alert, severity: rule.labels.severity ?? "" };
  try {
    // What held before the start fires at the start, as it did.
    const warmUp = Math.ceil(patience.forSeconds / stepSeconds) * stepSeconds;
    const found = await queryInParts(queryRange, isMetricsQl ? metricsQl : expr, {
      startSeconds: startSeconds - warmUp,
      endSeconds,
      stepSeconds,
    });
    const episodes = found.flatMap((series) => listEpisodes(series, patience, endSeconds));
    episodes.sort((a, b) => a.firingEpochSeconds - b.firingEpochSeconds);
    return { ...result, episodes: episodes.map((episode) => withLabels(episode, rule)) };
  } catch (error) {
    return { ...result, episodes: [], problem: error instanceof Error ? error.message : String(error) };
  }
}

/** Part of the time for which there is any request counter. */
async function measureCoverage(
  queryRange: QueryRange,
  { startSeconds, endSeconds }: Moments,
): Promise<number> {
  const stepSeconds = Math.min(COVERAGE_STEP_SECONDS, endSeconds - startSeconds);
  const moments = { startSeconds, endSeconds, stepSeconds };
  const [series] = await queryInParts(queryRange, `count(${METRICS.requests.name})`, moments);
  const all = Math.floor((endSeconds - startSeconds) / stepSeconds) + 1;
  return (series?.samples.length ?? 0) / all;
}

/**
 * Says which alerts of rule groups would have fired on a store's history, when and for how long. The recording rules
 * need not have been evaluated.
 *
 * @throws Error when the store cannot be asked at all.
 */
export async function runBacktest(settings: BacktestSettings): Promise<BacktestReport> {
  const { startSeconds, endSeconds, stepSeconds, groups, queryRange, onAlert } = settings;
  const rules = inlineRecords(groups);
  const coverageRatio = await measureCoverage(queryRange, settings);
  const isMetricsQl = await readsMetricsQl(queryRange, settings);
  const alerts: AlertBacktest[] = [];
  for (const rule of rules) {
    const result = await evaluate(rule, isMetricsQl, settings);
    alerts.push(result);
    onAlert?.(result, alerts.length, rules.length);
  }
  return { startSeconds, endSeconds, stepSeconds, coverageRatio, alerts };
}
