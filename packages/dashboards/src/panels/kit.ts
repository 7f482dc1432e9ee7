import type { Promql } from "../promql/promql.ts";
import type { Signals } from "../signals/signals.ts";
import type { Kinds } from "./kinds.ts";
import { createKinds } from "./kinds.ts";

/** Grafana's window for rates: at least four scrapes, wider when the picture is. */
export const RATE_INTERVAL = "$__rate_interval";

/** What panels are made with: the questions, the kinds of picture, and the variables that narrow them. */
export interface PanelKit extends Kinds {
  readonly promql: Promql;
  readonly signals: Signals;
  /** Matchers for series recorded over all jobs. */
  readonly clientScope: readonly string[];
  /** Matchers for series recorded by job. */
  readonly jobScope: readonly string[];
  /** Matchers for raw series. */
  readonly processScope: readonly string[];
  /** Matchers for raw series that know their operation. */
  readonly operationScope: readonly string[];
  /** Matchers for raw durations, which may know only their client. */
  readonly durationScope: readonly string[];
}

/** Binds everything that panels need. */
export function createKit(promql: Promql, signals: Signals): PanelKit {
  const variable = (label: string): string => `${label}=~"$${label}"`;
  const groups = promql.config.groupLabels.map(variable);
  const processScope = [...groups, variable("job"), variable("instance"), variable("client")];
  const operationScope = [...processScope, variable("url_template")];
  return {
    ...createKinds(promql),
    promql,
    signals,
    clientScope: [...groups, variable("client")],
    jobScope: [...groups, variable("job"), variable("client")],
    processScope,
    operationScope,
    durationScope: promql.config.durationPerOperation ? operationScope : processScope,
  };
}
