import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { AlertingRule, RuleGroup } from "@intercom-telemetry/dashboards";
import { buildRules } from "@intercom-telemetry/dashboards";
import { type Series, writeBlocks } from "@intercom-telemetry/local-prometheus";
import { startPrometheus, withPrometheus } from "../../dashboards/history/prometheus.ts";
import {
  END_SECONDS,
  RECENT_START_SECONDS,
  RECENT_STEP_SECONDS,
  SPARSE_STEP_SECONDS,
  START_SECONDS,
} from "./clock.ts";
import { fireAlert } from "./firing-alerts.ts";
import { probeSeries } from "./probe-series.ts";
import { processSeries } from "./process-series.ts";
import type { Moments } from "./query-history.ts";
import { evaluateRule } from "./query-history.ts";
import { requestSeries } from "./request-series.ts";
import { listRecordingRules, orderRules } from "./rule-order.ts";

/** A Prometheus that holds the made-up history. */
export interface History {
  readonly prometheusUrl: string;
  /** Ends Prometheus and removes its data. */
  close(): Promise<void>;
}

/** Moments at which rules are evaluated: seldom before the last hours, else at every scrape. */
const OLD: Moments = {
  startSeconds: START_SECONDS,
  endSeconds: RECENT_START_SECONDS - SPARSE_STEP_SECONDS,
  stepSeconds: SPARSE_STEP_SECONDS,
};
const RECENT: Moments = {
  startSeconds: RECENT_START_SECONDS,
  endSeconds: END_SECONDS,
  stepSeconds: RECENT_STEP_SECONDS,
};

async function record(folder: string, groups: readonly RuleGroup[]): Promise<void> {
  for (const round of orderRules(listRecordingRules(groups))) {
    const series = await withPrometheus(folder, async (prometheus) => {
      const found: Series[] = [];
      for (const { record: name, expr } of round) {
        found.push(...(await evaluateRule(prometheus, { name, expr }, OLD)));
        found.push(...(await evaluateRule(prometheus, { name, expr }, RECENT)));
      }
      return found;
    });
    await writeBlocks(folder, series);
  }
}

async function recordAlerts(folder: string, groups: readonly RuleGroup[]): Promise<void> {
  const rules = groups.flatMap(({ rules }) => rules.filter((rule): rule is AlertingRule => "alert" in rule));
  const series = await withPrometheus(folder, async (prometheus) => {
    const found: Series[] = [];
    for (const rule of rules) {
      const held = await evaluateRule(prometheus, { name: rule.alert, expr: rule.expr }, RECENT);
      found.push(...held.flatMap((one) => fireAlert(rule, one, RECENT.stepSeconds)));
    }
    return found;
  });
  await writeBlocks(folder, series);
}

/**
 * Fills a real Prometheus with a made-up history, the same on every run. It has eight days of three
 * processes and a probe, the shipped recording rules over them, and the shipped alerts that would have
 * fired.
 * Takes about a quarter of a minute. Needs `prometheus` and `promtool`.
 */
export async function makeHistory(): Promise<History> {
  const folder = await mkdtemp(join(tmpdir(), "history-"));
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    await writeBlocks(folder, [...requestSeries(), ...processSeries(), ...probeSeries()]);
    const { groups } = buildRules({ scrapeIntervalSeconds: RECENT_STEP_SECONDS });
    await record(folder, groups);
    await recordAlerts(folder, groups);
    const prometheus = await startPrometheus(folder);
    const close = async (): Promise<void> => {
      await prometheus.stop();
      await remove();
    };
    return { prometheusUrl: prometheus.url, close };
  } catch (error) {
    await remove();
    throw error;
  }
}
