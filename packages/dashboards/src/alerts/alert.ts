import type { DashboardKey } from "../config/options.ts";
import type { ThresholdKey } from "../config/thresholds.ts";
import type { AlertName, Severity } from "./names.ts";

/** What the alert compares, and where to change it. */
export interface AlertThreshold {
  readonly value: number;
  readonly comparison: ">" | "<";
  /** Place in the configuration, e.g. `thresholds.retryRatio`. */
  readonly setting: string;
  /** The mark on the panel, where that draws another scale. */
  readonly drawnAs?: number;
}

/** A query to paste while looking for the cause. */
export interface DiagnosisQuery {
  readonly question: string;
  readonly expr: string;
}

/** Where somebody who was called should look. */
export interface Guidance {
  /** Codes whose catalogue entries belong to this alert. */
  readonly errorCodes: readonly string[];
  readonly queries: readonly DiagnosisQuery[];
  /** Filters for a trace search, e.g. `intercom.error.category = "auth"`. */
  readonly spanFilters: readonly string[];
}

/** One alert before the configuration's overrides and links are applied. */
export interface AlertDraft {
  readonly name: AlertName;
  readonly severity: Severity;
  readonly for: string;
  readonly expr: string;
  /** Absent where presence itself is the condition. */
  readonly threshold?: AlertThreshold;
  /** Other thresholds that the expression uses: volume guards and the like. */
  readonly alsoUses: readonly ThresholdKey[];
  readonly summary: string;
  readonly description: string;
  readonly panel: { readonly dashboard: DashboardKey; readonly id: number };
  /** Labels that tell two alerts of this name apart. */
  readonly identity: readonly string[];
  readonly optIn?: true;
  readonly guidance: Guidance;
}

/** One alert as it is written. */
export interface Alert extends AlertDraft {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

/** Alerts that are evaluated together. */
export interface AlertGroup {
  readonly name: string;
  readonly alerts: readonly Alert[];
}
