import type { MetricKey } from "@intercom-telemetry/core/contract";
import { METRICS } from "@intercom-telemetry/core/contract";
import type { ResolvedConfig } from "../config/options.ts";
import { select, sumBy } from "./idioms.ts";

/** The labels of each scope. Group labels of the configuration are added to each. */
export type Scope = "client" | "job" | "operation" | "instance";

/** A histogram's series with a suffix, or nothing for the metric itself. */
export type SeriesSuffix = "" | "_bucket" | "_count";

const SCOPE_LABELS: Readonly<Record<Scope, readonly string[]>> = {
  client: ["client"],
  job: ["job", "client"],
  operation: ["job", "client", "method", "url_template"],
  instance: ["job", "instance", "client"],
};

/** Everything that an expression takes from the configuration. */
export interface Promql {
  readonly config: ResolvedConfig;
  /** The labels of a scope. */
  readonly labels: (scope: Scope) => readonly string[];
  /** A raw metric of the contract, narrowed by the configured selector. */
  readonly raw: (key: MetricKey, matchers?: readonly string[], suffix?: SeriesSuffix) => string;
  /** Adds up by the labels of a scope. */
  readonly sum: (scope: Scope, expr: string) => string;
  /** Who an alert is about, as a template for its text. */
  readonly who: string;
}

/** Binds the configuration once, so that nothing after it has to hand it on. */
export function createPromql(config: ResolvedConfig): Promql {
  const labels = (scope: Scope): readonly string[] => [...config.groupLabels, ...SCOPE_LABELS[scope]];
  const groups = config.groupLabels.map((label) => `, ${label} {{ $labels.${label} }}`);
  return {
    config,
    labels,
    raw: (key, matchers = [], suffix = "") =>
      select(`${METRICS[key].name}${suffix}`, [...config.selector, ...matchers]),
    sum: (scope, expr) => sumBy(labels(scope), expr),
    who: `{{ $labels.client }} in {{ $labels.job }}${groups.join("")}`,
  };
}
