import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { GrafanaDashboard, RecordingRule } from "@intercom-telemetry/dashboards";
import { buildDashboards, buildRules } from "@intercom-telemetry/dashboards";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { interpolate, panelsOf } from "./expressions.ts";
import { backfillRules, backfillSeries } from "./history/backfill.ts";
import { EXPECTED_SERIES, EXPECTED_VALUES } from "./history/expected.ts";
import type { QueryResult, ResultSeries, RunningPrometheus } from "./history/prometheus.ts";
import { PROMETHEUS, startPrometheus } from "./history/prometheus.ts";
import { END_EPOCH_SECONDS, SAMPLE_FLEET, START_EPOCH_SECONDS } from "./history/sample-fleet.ts";
import { PROMTOOL } from "./promtool.ts";

const missing = PROMETHEUS === undefined || PROMTOOL === undefined;
const period = { startEpochSeconds: START_EPOCH_SECONDS, endEpochSeconds: END_EPOCH_SECONDS };
// The first hour fills the windows.
const VIEW_START = START_EPOCH_SECONDS + 3600;
const VIEW_STEP_SECONDS = 120;

interface PanelQuery {
  readonly key: string;
  readonly expr: string;
  readonly legend: string;
  readonly instant: boolean;
}

function queriesOf(dashboard: GrafanaDashboard): readonly PanelQuery[] {
  const annotations = dashboard.annotations.list.map(({ name, expr, titleFormat }) => ({
    key: `${dashboard.uid} / ${name}`,
    expr: interpolate(expr),
    legend: titleFormat,
    instant: false,
  }));
  const panels = panelsOf(dashboard).flatMap(({ title, targets }) =>
    targets.map(({ refId, expr, legendFormat, instant }) => ({
      key: `${dashboard.uid} / ${title} / ${refId}`,
      expr: interpolate(expr, "1m"),
      legend: legendFormat,
      instant,
    })),
  );
  return [...panels, ...annotations];
}

const queries = buildDashboards().flatMap(queriesOf);

/** A series as its legend shows it, or by its labels where the legend shows none. */
function nameSeries(legend: string, { metric }: ResultSeries): string {
  if (legend !== "")
    return legend.replaceAll(/\{\{(\w+)\}\}/g, (_, label: string) => metric[label] ?? "").trim();
  return Object.entries(metric)
    .map(([label, value]) => `${label}=${value}`)
    .sort()
    .join(",");
}

function valuesOf({ value, values }: ResultSeries): readonly number[] {
  return (values ?? (value ? [value] : [])).map(([, text]) => Number(text));
}

describe.skipIf(missing)(
  missing
    ? "history (skipped: prometheus and promtool are not both on the PATH)"
    : "history in a real Prometheus",
  () => {
    let folder = "";
    let prometheus: RunningPrometheus | undefined;

    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), "dashboards-history-"));
      const rules = buildRules()
        .groups.flatMap((group) => group.rules)
        .filter((rule): rule is RecordingRule => "record" in rule);
      await backfillSeries(folder, SAMPLE_FLEET, { ...period, stepSeconds: 15 });
      await backfillRules(folder, rules, { ...period, stepSeconds: 60 });
      prometheus = await startPrometheus(folder);
    }, 120_000);

    afterAll(async () => {
      await prometheus?.stop();
      rmSync(folder, { recursive: true, force: true });
    });

    async function evaluate({ expr, instant }: PanelQuery): Promise<QueryResult> {
      if (!prometheus) throw new Error("expected Prometheus to run");
      return instant
        ? prometheus.queryAt(expr, END_EPOCH_SECONDS)
        : prometheus.queryRange(expr, VIEW_START, END_EPOCH_SECONDS, VIEW_STEP_SECONDS);
    }

    it.each(queries)("$key shows the series it should, without NaN", async (query) => {
      const { series } = await evaluate(query);
      const names = series.map((entry) => nameSeries(query.legend, entry)).sort();
      expect(names).toEqual(EXPECTED_SERIES[query.key]);
      expect(series.flatMap(valuesOf).filter((value) => !Number.isFinite(value))).toEqual([]);
    });

    it.each(Object.entries(EXPECTED_VALUES))("%s shows the right figure", async (key, expected) => {
      const query = queries.find((entry) => entry.key === key);
      if (!query) throw new Error(`expected a panel query ${key}`);
      const { series } = await evaluate(query);
      const last = Object.fromEntries(
        series.map((entry) => [nameSeries(query.legend, entry), valuesOf(entry).at(-1) ?? Number.NaN]),
      );
      for (const [name, value] of Object.entries(expected)) {
        expect(Math.abs((last[name] ?? Number.NaN) - value), name).toBeLessThanOrEqual(0.002 * value + 1e-9);
      }
    });
  },
);
