import type { Labels } from "@grafana/data";
import { queryExemplars } from "./prometheus.ts";
import type { Steps } from "./steps.ts";

/** A single request behind a histogram. */
export interface Exemplar {
  readonly timeMilliseconds: number;
  readonly value: number;
  /** E.g. `trace_id`. */
  readonly labels: Labels;
}

/** More dots than this hide the lines. */
const LIMIT = 100;

/** Finds single requests, the slowest where there are too many. Empty when Prometheus keeps none. */
export async function findExemplars(
  expr: string,
  steps: Steps,
  signal: AbortSignal,
): Promise<readonly Exemplar[]> {
  const series = await queryExemplars(expr, steps, signal);
  const all = series.flatMap(({ exemplars }) =>
    exemplars.map(({ labels, value, timestamp }) => ({
      timeMilliseconds: timestamp * 1000,
      value: Number(value),
      labels,
    })),
  );
  return all.sort((one, other) => other.value - one.value).slice(0, LIMIT);
}
