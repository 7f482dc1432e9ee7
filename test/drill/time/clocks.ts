import type { DashboardsConfig } from "@intercom-telemetry/dashboards";

/** How much faster time runs in a drill. Everything that has a duration in the rules is divided by the factor. */
export interface DrillClock {
  readonly factor: number;
  /** Between two scrapes, and between two evaluations of a rule: the configured minute, scaled. */
  readonly intervalMilliseconds: number;
}

const CONFIGURED_INTERVAL_SECONDS = 60;

const clock = (factor: number): DrillClock => ({
  factor,
  intervalMilliseconds: (CONFIGURED_INTERVAL_SECONDS * 1000) / factor,
});

/**
 * `minutes`: a minute passes in a second, which suits every alert whose windows are hours at most. `days`: a day
 * passes in 216 seconds and a scrape comes every 150 ms, for the alerts that look back over days.
 */
export const CLOCKS = { minutes: clock(60), days: clock(400) } as const;

/** Which of the two. */
export type ClockName = keyof typeof CLOCKS;

/** Length of the simulator's rate-limit window. Resets are announced in whole seconds, so none can be shorter. */
export const QUOTA_WINDOW_SECONDS = 1;

/** What the rules are built from. Thresholds are the shipped ones; what is optional is switched on. */
export const DRILL_CONFIG: DashboardsConfig = {
  scrapeIntervalSeconds: CONFIGURED_INTERVAL_SECONDS,
  evaluationIntervalSeconds: CONFIGURED_INTERVAL_SECONDS,
  windowSeconds: QUOTA_WINDOW_SECONDS,
  alerts: { IntercomClientTrafficDropped: { enabled: true } },
};
