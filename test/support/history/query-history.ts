import type { Series } from "@intercom-telemetry/local-prometheus";
import type { RunningPrometheus } from "../../dashboards/history/prometheus.ts";

/** Moments of a query, in seconds. */
export interface Moments {
  readonly startSeconds: number;
  readonly endSeconds: number;
  readonly stepSeconds: number;
}

/**
 * Evaluates an expression over time as a rule would: the results under their own name.
 *
 * @throws Error with Prometheus's message.
 */
export async function evaluateRule(
  prometheus: RunningPrometheus,
  { name, expr }: { readonly name: string; readonly expr: string },
  { startSeconds, endSeconds, stepSeconds }: Moments,
): Promise<readonly Series[]> {
  const { series } = await prometheus.queryRange(expr, startSeconds, endSeconds, stepSeconds);
  return series.map(({ metric: { __name__: _, ...labels }, values = [] }) => ({
    name,
    labels,
    samples: values.map(([time, text]) => [time, Number(text.replace("Inf", "Infinity"))] as const),
  }));
}
