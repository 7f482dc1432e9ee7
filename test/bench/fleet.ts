/**
 * What the first screen of the overview costs with a large fleet: 500 processes that share one quota, six hours of
 * history in a real Prometheus. `--json` prints the figures as the last line.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { METRICS } from "@intercom-telemetry/core/contract";
import type { Panel, RecordingRule } from "@intercom-telemetry/dashboards";
import { buildDashboards, buildRules } from "@intercom-telemetry/dashboards";
import { interpolate } from "../dashboards/expressions.ts";
import { backfillRules, backfillSeries } from "../dashboards/history/backfill.ts";
import type { ProcessShape, TrafficShape } from "../dashboards/history/fleet-history.ts";
import { processHistory } from "../dashboards/history/fleet-history.ts";
import type { RunningPrometheus } from "../dashboards/history/prometheus.ts";
import { startPrometheus } from "../dashboards/history/prometheus.ts";
import {
  END_EPOCH_SECONDS,
  PERIOD_SECONDS,
  START_EPOCH_SECONDS,
} from "../dashboards/history/sample-fleet.ts";
import { inlineRecords } from "./inline-records.ts";

const PROCESSES = 500;
const JOBS = 5;
const STEP_SECONDS = 60;
const MILLISECONDS = 1000;
const CONFIG = { scrapeIntervalSeconds: STEP_SECONDS, evaluationIntervalSeconds: STEP_SECONDS };
// What Grafana asks for on a panel of usual width.
const POINTS = 360;

const CONTACT: TrafficShape = { method: "GET", template: "/contacts/{id}", status: "200", perMinute: 30 };
const SEARCH: TrafficShape = { method: "POST", template: "/contacts/search", status: "200", perMinute: 5 };

function shapeProcess(index: number): ProcessShape {
  const failure = { code: "rate_limit_exceeded", status: "429", retryable: true, perMinute: 1 };
  return {
    job: `service-${index % JOBS}`,
    instance: `10.0.${Math.floor(index / 250)}.${index % 250}:9464`,
    client: "crm",
    limit: 1667,
    startEpochSeconds: START_EPOCH_SECONDS,
    traffic: [CONTACT, SEARCH, { ...CONTACT, ...failure }],
    retriesPerMinute: 1,
    restartsAt: [((index * 97) % PERIOD_SECONDS) + 60],
  };
}

interface Cost {
  readonly seconds: number;
  readonly samples: number;
}

async function load(
  prometheus: RunningPrometheus,
  panels: readonly Panel[],
  rewrite: (expr: string) => string,
): Promise<Cost> {
  let samples = 0;
  const startMilliseconds = performance.now();
  for (const { targets } of panels) {
    for (const { expr, instant } of targets) {
      const query = rewrite(interpolate(expr));
      const answer = instant
        ? await prometheus.queryAt(query, END_EPOCH_SECONDS)
        : await prometheus.queryRange(query, START_EPOCH_SECONDS, END_EPOCH_SECONDS, PERIOD_SECONDS / POINTS);
      samples += answer.samplesRead;
    }
  }
  return { seconds: (performance.now() - startMilliseconds) / MILLISECONDS, samples };
}

async function measure(folder: string): Promise<Record<string, number>> {
  const series = Array.from({ length: PROCESSES }, (_, index) => shapeProcess(index)).flatMap(processHistory);
  const period = {
    startEpochSeconds: START_EPOCH_SECONDS,
    endEpochSeconds: END_EPOCH_SECONDS,
    stepSeconds: STEP_SECONDS,
  };
  const rules = buildRules(CONFIG)
    .groups.flatMap((group) => group.rules)
    .filter((rule): rule is RecordingRule => "record" in rule);
  process.stderr.write(`${series.length} series: writing six hours of history\n`);
  await backfillSeries(folder, series, period);
  process.stderr.write("evaluating the recording rules over it\n");
  await backfillRules(folder, rules, period);
  const prometheus = await startPrometheus(folder);
  try {
    const [overview] = buildDashboards(CONFIG);
    const panels = (overview?.panels ?? []).filter((panel): panel is Panel => panel.type !== "row");
    // The first load fills caches, as somebody's has before an incident.
    await load(prometheus, panels, (expr) => expr);
    const recorded = await load(prometheus, panels, (expr) => expr);
    const raw = await load(prometheus, panels, (expr) => inlineRecords(expr, rules, Object.values(METRICS)));
    process.stderr.write(
      `with recording rules: ${recorded.samples} samples read, ${recorded.seconds.toFixed(3)} s\n`,
    );
    process.stderr.write(`without:              ${raw.samples} samples read, ${raw.seconds.toFixed(3)} s\n`);
    return {
      processes: PROCESSES,
      series: series.length,
      firstScreenSeconds: Number(recorded.seconds.toFixed(3)),
      samplesReadRatio: Number((raw.samples / recorded.samples).toFixed(1)),
    };
  } finally {
    await prometheus.stop();
  }
}

const folder = mkdtempSync(join(tmpdir(), "fleet-"));
try {
  const result = await measure(folder);
  const text = Object.entries(result).map(([name, value]) => `${name.padEnd(20)}${value}`);
  process.stdout.write(
    process.argv.includes("--json") ? `${JSON.stringify(result)}\n` : `${text.join("\n")}\n`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
