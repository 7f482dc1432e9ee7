import { startPrometheus as startLocalPrometheus } from "@intercom-telemetry/local-prometheus";
import { findBinary } from "../find-binary.ts";

/** Where Prometheus is, or `undefined`. */
export const PROMETHEUS: string | undefined = findBinary("prometheus");

/** One series of a response. */
export interface ResultSeries {
  readonly metric: Readonly<Record<string, string>>;
  readonly value?: readonly [number, string];
  readonly values?: readonly (readonly [number, string])[];
}

/** A response with what it cost. */
export interface QueryResult {
  readonly series: readonly ResultSeries[];
  readonly samplesRead: number;
}

/** A Prometheus on loopback over a folder with blocks. */
export interface RunningPrometheus {
  readonly url: string;
  readonly queryAt: (expr: string, epochSeconds: number) => Promise<QueryResult>;
  readonly queryRange: (
    expr: string,
    start: number,
    end: number,
    stepSeconds: number,
  ) => Promise<QueryResult>;
  readonly stop: () => Promise<void>;
}

async function ask(
  url: string,
  path: string,
  parameters: Readonly<Record<string, string>>,
): Promise<QueryResult> {
  const body = new URLSearchParams({ ...parameters, stats: "all" });
  const response = await fetch(`${url}/api/v1/${path}`, { method: "POST", body });
  const result = (await response.json()) as {
    readonly status: string;
    readonly error?: string;
    readonly data: {
      readonly result: readonly ResultSeries[];
      readonly stats: { readonly samples: { readonly totalQueryableSamples: number } };
    };
  };
  if (result.status !== "success") throw new Error(`${parameters.query}: ${result.error}`);
  return { series: result.data.result, samplesRead: result.data.stats.samples.totalQueryableSamples };
}

/** Starts Prometheus over `folder/data`; nothing is scraped. */
export async function startPrometheus(folder: string): Promise<RunningPrometheus> {
  const { url, stop } = await startLocalPrometheus({
    folder,
    config: {},
    flags: ["--storage.tsdb.retention.time=20y", "--query.max-samples=500000000", "--log.level=error"],
  });
  return {
    url,
    stop,
    queryAt: (query, time) => ask(url, "query", { query, time: String(time) }),
    queryRange: (query, start, end, step) =>
      ask(url, "query_range", { query, start: String(start), end: String(end), step: String(step) }),
  };
}

/** Starts Prometheus for one question. It reads blocks when it starts, so each round sees what the one before wrote. */
export async function withPrometheus<Result>(
  folder: string,
  question: (prometheus: RunningPrometheus) => Promise<Result>,
): Promise<Result> {
  const prometheus = await startPrometheus(folder);
  try {
    return await question(prometheus);
  } finally {
    await prometheus.stop();
  }
}
