import type { Expression } from "../../dashboards/expressions.ts";
import { panelExpressions, ruleExpressions, runbookExpressions } from "../../dashboards/expressions.ts";
import { QUESTION_MOMENTS } from "./fleet.ts";

/** Values by time, by series; a series is named by its labels. */
export type SeriesValues = Readonly<Record<string, Readonly<Record<number, number>>>>;

/** Results of one system, by the place of the query. */
export type ResultsByPlace = Readonly<Record<string, SeriesValues>>;

interface RangeResponse {
  readonly status: string;
  readonly error?: string;
  readonly data?: {
    readonly result: readonly {
      readonly metric: Readonly<Record<string, string>>;
      readonly values: readonly (readonly [number, string])[];
    }[];
  };
}

const RATE_INTERVAL = "1m";

/** Every query that the package brings: panels, annotations, rules, runbooks. */
export function listQueries(): readonly Expression[] {
  return [...panelExpressions(undefined, RATE_INTERVAL), ...ruleExpressions(), ...runbookExpressions()];
}

function nameSeries(metric: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(metric).filter(([label, value]) => label !== "__name__" && value !== "");
  return pairs
    .map((pair) => pair.join("="))
    .sort()
    .join(",");
}

async function ask(url: string, query: string): Promise<SeriesValues> {
  const body = new URLSearchParams({
    query,
    start: String(QUESTION_MOMENTS.startSeconds),
    end: String(QUESTION_MOMENTS.endSeconds),
    step: String(QUESTION_MOMENTS.stepSeconds),
    // VictoriaMetrics would move the moments of a question that it may cache to a grid.
    nocache: "1",
  });
  const response = await fetch(`${url}/api/v1/query_range`, { method: "POST", body });
  const { data, error, status } = (await response.json()) as RangeResponse;
  if (data === undefined) throw new Error(`${query}: ${error ?? status}`);
  return Object.fromEntries(
    data.result.map(({ metric, values }) => [
      nameSeries(metric),
      Object.fromEntries(values.map(([time, text]) => [time, Number(text.replace("Inf", "Infinity"))])),
    ]),
  );
}

/** Puts every query to a store that speaks Prometheus's API, over five hours of the sample fleet. */
export async function collectResults(url: string): Promise<ResultsByPlace> {
  const results: Record<string, SeriesValues> = {};
  for (const { where, expr } of listQueries()) results[where] = await ask(url, expr);
  return results;
}
