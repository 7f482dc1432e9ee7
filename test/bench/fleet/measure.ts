import { METRICS } from "@intercom-telemetry/core/contract";
import type { Panel, RecordingRule, RuleGroup } from "@intercom-telemetry/dashboards";
import { buildDashboards, buildRules } from "@intercom-telemetry/dashboards";
import { type Series, writeBlocks } from "@intercom-telemetry/local-prometheus";
import { interpolate } from "../../dashboards/expressions.ts";
import { type RunningPrometheus, withPrometheus } from "../../dashboards/history/prometheus.ts";
import { listRecordingRules, orderRules } from "../../support/history/rule-order.ts";
import {
  END_SECONDS,
  fleetHistory,
  recordedHistory,
  SCRAPE_SECONDS,
  SHOWN_SECONDS,
  START_SECONDS,
} from "./history.ts";
import { inlineRecords } from "./inline-records.ts";
import { measureOneProcess } from "./one-process.ts";

/** What a fleet costs. */
export interface FleetCost {
  readonly processes: number;
  readonly seriesPerProcess: number;
  readonly series: number;
  readonly samplesPerSecond: number;
  readonly recordedSeries: number;
  /** Time that one core spends on all rules in a minute. */
  readonly rulesSecondsPerMinute: number;
  /** All queries of the first screen, one after the other. */
  readonly firstScreenSeconds: number;
  /** Samples that the queries of the first screen read at one moment without recorded series, over those with them. */
  readonly samplesReadRatio: number;
}

// What Grafana asks for on a panel of usual width.
const POINTS = 360;
const MINUTE_SECONDS = 60;

const round = (value: number, digits = 3): number => Number(value.toFixed(digits));

async function timed<Result>(work: () => Promise<Result>): Promise<readonly [Result, number]> {
  const startMilliseconds = performance.now();
  const result = await work();
  return [result, (performance.now() - startMilliseconds) / 1000];
}

/** How often each rule is evaluated in a minute. */
function timesPerMinute(groups: readonly RuleGroup[]): ReadonlyMap<string, number> {
  const times = groups.flatMap(({ interval, rules }) => {
    const seconds = interval.endsWith("m")
      ? Number.parseInt(interval, 10) * 60
      : Number.parseInt(interval, 10);
    return rules.map(({ expr }) => [expr, MINUTE_SECONDS / seconds] as const);
  });
  return new Map(times);
}

function* flatten(generators: readonly Iterable<Series>[]): Generator<Series> {
  for (const generator of generators) yield* generator;
}

/** Evaluates the recording rules round by round; what they found is there for the next round, and for six hours. */
async function record(
  folder: string,
  rounds: readonly (readonly RecordingRule[])[],
  times: ReadonlyMap<string, number>,
) {
  let [series, seconds] = [0, 0];
  for (const rules of rounds) {
    const found = await withPrometheus(folder, async (prometheus) => {
      const all: Iterable<Series>[] = [];
      for (const { record: name, expr } of rules) {
        const [result, took] = await timed(() => prometheus.queryAt(expr, END_SECONDS));
        series += result.series.length;
        seconds += took * (times.get(expr) ?? 0);
        all.push(recordedHistory(name, result.series));
      }
      return all;
    });
    await writeBlocks(folder, flatten(found));
  }
  return { series, seconds };
}

async function loadScreen(prometheus: RunningPrometheus, panels: readonly Panel[]): Promise<void> {
  for (const { expr, instant } of panels.flatMap(({ targets }) => targets)) {
    const query = interpolate(expr);
    if (instant) await prometheus.queryAt(query, END_SECONDS);
    else await prometheus.queryRange(query, START_SECONDS, END_SECONDS, SHOWN_SECONDS / POINTS);
  }
}

async function countSamples(
  prometheus: RunningPrometheus,
  panels: readonly Panel[],
  rewrite: (expr: string) => string,
): Promise<number> {
  let samples = 0;
  for (const { expr } of panels.flatMap(({ targets }) => targets)) {
    samples += (await prometheus.queryAt(rewrite(interpolate(expr)), END_SECONDS)).samplesRead;
  }
  return samples;
}

/** Measures rules and first screen over a fleet in a real Prometheus. */
export async function measureFleet(
  folder: string,
  processes: number,
  say: (line: string) => void,
): Promise<FleetCost> {
  const page = await measureOneProcess();
  const series = page.length * processes;
  say(`${processes} processes, ${series} series: writing their scrapes`);
  await writeBlocks(folder, fleetHistory(page, processes));
  say("evaluating the rules");
  const { groups } = buildRules();
  const times = timesPerMinute(groups);
  const recordingRules = listRecordingRules(groups);
  const recorded = await record(folder, orderRules(recordingRules), times);
  const [overview] = buildDashboards();
  const panels = (overview?.panels ?? []).filter((panel): panel is Panel => panel.type !== "row");
  return withPrometheus(folder, async (prometheus) => {
    let alertSeconds = 0;
    for (const rule of groups.flatMap(({ rules }) => rules)) {
      if (!("alert" in rule)) continue;
      const [, took] = await timed(() => prometheus.queryAt(rule.expr, END_SECONDS));
      alertSeconds += took * (times.get(rule.expr) ?? 0);
    }
    // The first load fills caches, as somebody's has before an incident.
    await loadScreen(prometheus, panels);
    const [, screenSeconds] = await timed(() => loadScreen(prometheus, panels));
    const metrics = Object.values(METRICS);
    const fromRecords = await countSamples(prometheus, panels, (expr) => expr);
    const fromScrapes = await countSamples(prometheus, panels, (expr) =>
      inlineRecords(expr, recordingRules, metrics),
    );
    return {
      processes,
      seriesPerProcess: page.length,
      series,
      samplesPerSecond: Math.round(series / SCRAPE_SECONDS),
      recordedSeries: recorded.series,
      rulesSecondsPerMinute: round(recorded.seconds + alertSeconds),
      firstScreenSeconds: round(screenSeconds),
      samplesReadRatio: round(fromScrapes / fromRecords, 1),
    };
  });
}
