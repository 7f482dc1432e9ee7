import type { AlertName } from "@intercom-telemetry/dashboards";
import { breakMatcher, dropGuard, moveShare } from "./mutations.ts";
import { failed, mixWithHealed } from "./request-scenarios.ts";
import type { Scenario, Timeline } from "./scenario.ts";
import { shareScenario } from "./scenario.ts";

const serverError = mixWithHealed(failed("500", "server_error", true));

interface Burn {
  readonly alert: AlertName;
  readonly limit: number;
  readonly value: string;
  readonly windows: readonly [string, string];
  readonly lowPerMinute: number;
  readonly timeline: Timeline;
  readonly pendingAtMinute: number;
}

function burn({ alert, limit, value, windows, lowPerMinute, timeline, pendingAtMinute }: Burn): Scenario {
  return shareScenario({
    alert,
    flows: serverError,
    under: limit * 0.9,
    over: limit * 1.5,
    value,
    perMinute: 240,
    lowPerMinute,
    timeline,
    pendingAtMinute,
    mutations: [
      ...moveShare(limit),
      ...windows.map((window) => breakMatcher(`:ratio_rate${window})`, `:ratio_rate7m)`)),
      dropGuard(10),
    ],
  });
}

/** Alerts on the objective. The windows hold less than their length here, which a new installation's do too. */
export const SLO_SCENARIOS: readonly Scenario[] = [
  burn({
    alert: "IntercomClientErrorBudgetBurnFast",
    limit: 0.0144,
    value: "2.16%",
    windows: ["1h", "5m"],
    lowPerMinute: 0.1,
    pendingAtMinute: 4,
    timeline: { startMinute: 0, endMinute: 30, lastMinute: 50 },
  }),
  burn({
    alert: "IntercomClientErrorBudgetBurnModerate",
    limit: 0.006,
    value: "0.9%",
    windows: ["6h", "30m"],
    lowPerMinute: 0.1,
    pendingAtMinute: 12,
    timeline: { startMinute: 0, endMinute: 60, lastMinute: 110 },
  }),
  burn({
    alert: "IntercomClientErrorBudgetBurnSlow",
    limit: 0.003,
    value: "0.45%",
    windows: ["1d", "2h"],
    lowPerMinute: 0.04,
    pendingAtMinute: 40,
    timeline: { startMinute: 0, endMinute: 120, lastMinute: 260 },
  }),
  shareScenario({
    alert: "IntercomClientUnavailable",
    flows: serverError,
    under: 0.45,
    over: 0.75,
    value: "75%",
    perMinute: 120,
    lowPerMinute: 1,
    lowLevel: 0.9,
    fewPerMinute: 0.2,
    timeline: { startMinute: 10, endMinute: 60, lastMinute: 95 },
    mutations: [
      ...moveShare(0.5),
      breakMatcher(":ratio_rate5m", ":ratio_rate7m"),
      dropGuard(10),
      breakMatcher(">= 3", ">= 300"),
    ],
  }),
];
