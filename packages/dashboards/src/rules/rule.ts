/** One recording rule, as Prometheus reads it. */
export interface RecordingRule {
  readonly record: string;
  readonly expr: string;
}

/** One alerting rule, as Prometheus reads it. */
export interface AlertingRule {
  readonly alert: string;
  readonly expr: string;
  readonly for: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

/** Rules that are evaluated one after the other, so that a rule may read what an earlier one recorded. */
export interface RuleGroup<Rule extends RecordingRule | AlertingRule = RecordingRule | AlertingRule> {
  readonly name: string;
  readonly interval: string;
  readonly rules: readonly Rule[];
}
