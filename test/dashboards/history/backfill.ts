import { createWriteStream, mkdirSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { RecordingRule } from "@intercom-telemetry/dashboards";
import { promtool, writeYaml } from "../promtool.ts";
import { startPrometheus } from "./prometheus.ts";

/** One series over the whole time. */
export interface HistorySeries {
  readonly metric: string;
  readonly type: "counter" | "gauge" | "bucket";
  readonly labels: Readonly<Record<string, string>>;
  /** The value at a number of seconds since the start; `undefined` where there is no sample. */
  readonly valueAt: (second: number) => number | undefined;
}

/** The time that is filled. */
export interface Period {
  readonly startEpochSeconds: number;
  readonly endEpochSeconds: number;
  readonly stepSeconds: number;
}

function familyName({ metric, type }: HistorySeries): string {
  return type === "counter" ? metric.replace(/_total$/, "") : metric;
}

function* seriesLines(
  series: HistorySeries,
  { startEpochSeconds, endEpochSeconds, stepSeconds }: Period,
): Generator<string> {
  const labels = Object.entries(series.labels).map(([name, value]) => `${name}="${value}"`);
  const name = `${series.metric}{${labels.join(",")}}`;
  const lines: string[] = [];
  for (let time = startEpochSeconds; time <= endEpochSeconds; time += stepSeconds) {
    const value = series.valueAt(time - startEpochSeconds);
    if (value !== undefined) lines.push(`${name} ${value} ${time}\n`);
  }
  yield lines.join("");
}

function* openMetrics(all: readonly HistorySeries[], period: Period): Generator<string> {
  const families = groupBy(all, familyName);
  for (const [name, members] of families) {
    // Blocks keep no types; `unknown` lets the parser take a histogram without its sum.
    yield `# TYPE ${name} ${members[0]?.type === "counter" ? "counter" : "unknown"}\n`;
    for (const series of members) yield* seriesLines(series, period);
  }
  yield "# EOF\n";
}

function groupBy<Item>(items: readonly Item[], key: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(key(item)) ?? [];
    group.push(item);
    groups.set(key(item), group);
  }
  return groups;
}

function run(args: readonly string[]): void {
  const { code, output } = promtool(args);
  if (code !== 0) throw new Error(`promtool ${args.slice(0, 3).join(" ")}: ${output.slice(0, 2000)}`);
}

/** Fills `folder/data` with the series. */
export async function backfillSeries(
  folder: string,
  series: readonly HistorySeries[],
  period: Period,
): Promise<void> {
  const file = join(folder, "history.txt");
  const data = join(folder, "data");
  mkdirSync(data, { recursive: true });
  await pipeline(Readable.from(openMetrics(series, period)), createWriteStream(file));
  run(["tsdb", "create-blocks-from", "openmetrics", "--quiet", file, data]);
}

/** Rules that read only what is there already come first, then those that read these, and so on. */
export function layersOf(rules: readonly RecordingRule[]): readonly (readonly RecordingRule[])[] {
  const layers: RecordingRule[][] = [];
  const done = new Set<string>();
  let rest = rules;
  while (rest.length > 0) {
    const waiting = rest;
    const ready = waiting.filter(({ record, expr }) =>
      waiting.every(
        (other) => other.record === record || !expr.includes(other.record) || done.has(other.record),
      ),
    );
    if (ready.length === 0) throw new Error("expected rules without a circle");
    for (const { record } of ready) done.add(record);
    layers.push([...ready]);
    rest = waiting.filter((rule) => !ready.includes(rule));
  }
  return layers;
}

/** Adds what recording rules would have recorded. Prometheus reads blocks when it starts, so once for each layer. */
export async function backfillRules(
  folder: string,
  rules: readonly RecordingRule[],
  period: Period,
): Promise<void> {
  for (const layer of layersOf(rules)) {
    const file = join(folder, "layer.yml");
    writeYaml(file, { groups: [{ name: "layer", rules: layer }] });
    const prometheus = await startPrometheus(folder);
    try {
      run([
        "tsdb",
        "create-blocks-from",
        "rules",
        `--start=${period.startEpochSeconds}`,
        `--end=${period.endEpochSeconds}`,
        `--url=${prometheus.url}`,
        `--eval-interval=${period.stepSeconds}s`,
        `--output-dir=${join(folder, "data")}`,
        file,
      ]);
    } finally {
      await prometheus.stop();
    }
  }
}
