import type { Series } from "./series.ts";

/** Moments of a query, in seconds. */
export interface Moments {
  readonly startSeconds: number;
  readonly endSeconds: number;
  readonly stepSeconds: number;
}

interface Answer {
  readonly status: string;
  readonly error?: string;
  readonly data?: { readonly result: readonly ResultSeries[] };
}

interface ResultSeries {
  readonly metric: Readonly<Record<string, string>>;
  readonly values: readonly (readonly [number, string])[];
}

/**
 * Evaluates an expression over time as a rule would: the results under a name of their own.
 *
 * @throws Error with Prometheus's message.
 */
export async function evaluateRule(
  prometheusUrl: string,
  rule: { readonly name: string; readonly expr: string; readonly labels?: Readonly<Record<string, string>> },
  { startSeconds, endSeconds, stepSeconds }: Moments,
): Promise<readonly Series[]> {
  const body = new URLSearchParams({
    query: rule.expr,
    start: `${startSeconds}`,
    end: `${endSeconds}`,
    step: `${stepSeconds}`,
  });
  const response = await fetch(`${prometheusUrl}/api/v1/query_range`, { method: "POST", body });
  const { status, error, data } = (await response.json()) as Answer;
  if (status !== "success" || data === undefined) throw new Error(`${rule.name}: ${error}`);
  return data.result.map(({ metric: { __name__: _, ...labels }, values }) => ({
    name: rule.name,
    labels: { ...labels, ...rule.labels },
    samples: values.map(([time, text]) => [time, Number(text.replace("Inf", "Infinity"))] as const),
  }));
}
