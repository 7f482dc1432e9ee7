import { breakMatcher, dropGuard, moveThreshold } from "./mutations.ts";
import type { Scenario } from "./scenario.ts";
import type { Series } from "./series.ts";
import { seriesName } from "./series.ts";

const HOURS_A_DAY = 24;
const DAY_MINUTES = 1440;
const WEEK_STEPS = (7 * DAY_MINUTES) / 5;

/** Hourly values of the daily peak that grow evenly for some days and then hold. */
function peaks(client: string, start: number, perDay: number, days: number, holdDays: number): Series {
  const step = perDay / HOURS_A_DAY;
  const grown = start + perDay * days;
  return {
    series: seriesName("client:intercom_client_rate_limit_demand:max1d", { client }),
    values: `${start}+${step}x${days * HOURS_A_DAY} ${grown}+0x${holdDays * HOURS_A_DAY}`,
  };
}

const forecast: Scenario = {
  alert: "IntercomClientRateLimitCapacityForecast",
  recorded: true,
  stepMinutes: 60,
  input: [
    peaks("zero-traffic", 0, 0, 15, 30),
    peaks("just-under", 0.3, 0.022, 15, 30),
    peaks("grows", 0.3, 0.03, 15, 30),
    // Six days are too few for a forecast.
    {
      series: seriesName("client:intercom_client_rate_limit_demand:max1d", { client: "too-young" }),
      values: `_x${9 * HOURS_A_DAY} 0.3+0.01x${6 * HOURS_A_DAY - 6} 0+0x${30 * HOURS_A_DAY}`,
    },
  ],
  firingAtMinute: 15 * DAY_MINUTES,
  firing: [{ labels: { client: "grows" }, value: "117%" }],
  resolvedAtMinute: 40 * DAY_MINUTES,
  mutations: [
    ...moveThreshold(">", 1, [1.2, 0.8]),
    breakMatcher(
      "client:intercom_client_rate_limit_demand:max1d",
      "client:intercom_client_rate_limit_demand:ratio",
    ),
    dropGuard(7),
  ],
};

/** Calls a second at 5-minute steps: a week, then three hours at a share of it, then as before. */
function calls(client: string, perSecond: number, share: number): Series {
  return {
    series: seriesName("client:intercom_client_calls:rate5m", { client }),
    values: `${perSecond}+0x${WEEK_STEPS} ${perSecond * share}+0x36 ${perSecond}+0x40`,
  };
}

const dropped: Scenario = {
  alert: "IntercomClientTrafficDropped",
  recorded: true,
  stepMinutes: 5,
  input: [
    calls("zero-traffic", 0, 1),
    calls("low-volume", 0.001, 0),
    calls("just-under", 2, 0.22),
    calls("dropped", 2, 0.1),
  ],
  firingAtMinute: 7 * DAY_MINUTES + 170,
  firing: [{ labels: { client: "dropped" }, value: "10%" }],
  resolvedAtMinute: 7 * DAY_MINUTES + 360,
  mutations: [...moveThreshold("<", 0.2, [0.05, 0.3]), breakMatcher("offset 1w", "offset 1h"), dropGuard(20)],
};

/** Alerts that look back over days; their recorded inputs are given, not computed. */
export const LONG_SCENARIOS: readonly Scenario[] = [forecast, dropped];
