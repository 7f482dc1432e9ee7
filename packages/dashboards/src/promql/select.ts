import type { MetricKey } from "@intercom-telemetry/core/contract";
import { METRICS } from "@intercom-telemetry/core/contract";
import type { ResolvedConfig } from "../config/options.ts";

/** A histogram's series with a suffix, or nothing for the metric itself. */
export type SeriesSuffix = "" | "_bucket" | "_count";

/** Writes `name{matcher,matcher}`, without braces when there is no matcher. */
export function select(name: string, matchers: readonly string[] = []): string {
  return matchers.length === 0 ? name : `${name}{${matchers.join(",")}}`;
}

/** A raw metric of the contract, narrowed by the configured selector. */
export function rawMetric(
  config: ResolvedConfig,
  key: MetricKey,
  matchers: readonly string[] = [],
  suffix: SeriesSuffix = "",
): string {
  return select(`${METRICS[key].name}${suffix}`, [...config.selector, ...matchers]);
}

/** `label=~"a|b"` for values that need no escaping in a regular expression. */
export function oneOf(label: string, values: readonly string[]): string {
  return `${label}=~"${values.join("|")}"`;
}

/** The labels by which rules and alerts tell clients apart. */
export function clientLabels(config: ResolvedConfig): readonly string[] {
  return [...config.groupLabels, "client"];
}
