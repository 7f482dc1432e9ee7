import type { ThresholdKey } from "../config/thresholds.ts";
import type { PanelReference } from "../names/dashboards.ts";
import type { Scope } from "../promql/promql.ts";

/** What an alert compares, and where to change it. */
export interface AlertThreshold {
  readonly value: number;
  readonly comparison: ">" | "<" | ">=";
  /** The key of `thresholds`; absent where the number follows from another setting. */
  readonly key?: ThresholdKey | undefined;
  /** Place in the configuration, e.g. `thresholds.retryRatio`. */
  readonly setting: string;
  /** The mark on the panel, where that draws another scale. */
  readonly drawnAs?: number | undefined;
}

/** A query to paste while looking for the cause. */
export interface DiagnosisQuery {
  readonly question: string;
  readonly expr: string;
}

/** Where somebody who was called should look. */
export interface Guidance {
  /** Codes whose catalog entries belong to this question. */
  readonly errorCodes: readonly string[];
  readonly queries: readonly DiagnosisQuery[];
  /** Filters for a trace search, e.g. `intercom.error.category = "auth"`. */
  readonly spanFilters: readonly string[];
}

/** The unit of a value, as Grafana names it. */
export type Unit = "percentunit" | "short" | "s" | "reqps" | "none";

/** One question that a panel draws, an alert watches and a runbook explains. */
export interface Signal {
  readonly unit: Unit;
  /** Where the value is drawn. */
  readonly panel: PanelReference;
  /** The value by the labels of a scope, narrowed by matchers. */
  readonly value: (scope: Scope, matchers?: readonly string[]) => string;
  /** Holds, with a value, for each `identity` that is in trouble. */
  readonly condition: (matchers?: readonly string[]) => string;
  /** Absent where presence itself is the condition. */
  readonly threshold?: AlertThreshold | undefined;
  /** Other thresholds that the condition uses: volume guards and the like. */
  readonly alsoUses: readonly ThresholdKey[];
  /** Labels that tell two troubles apart. */
  readonly identity: readonly string[];
  readonly guidance: Guidance;
}
