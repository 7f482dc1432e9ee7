import type { AlertName, Severity } from "../names/alert-names.ts";
import type { Signal } from "../signals/signal.ts";

/** What makes a signal an alert: who is told, how soon, and in which words. */
export interface AlertText {
  readonly name: AlertName;
  readonly severity: Severity;
  readonly for: string;
  readonly summary: string;
  readonly description: string;
  /** What speaks for one cause or another; asks Prometheus while the alert is written. */
  readonly evidence?: string | undefined;
  readonly optIn?: true | undefined;
}

/** A signal with the words that make it an alert. */
export interface AlertSource extends AlertText {
  readonly signal: Signal;
}

/** One alert as it is written. */
export interface Alert
  extends AlertText,
    Pick<Signal, "threshold" | "alsoUses" | "panel" | "identity" | "guidance"> {
  readonly expr: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

/** Alerts that are evaluated together. */
export interface AlertGroup {
  readonly name: string;
  readonly alerts: readonly Alert[];
}
