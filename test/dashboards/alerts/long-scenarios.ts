import { breakMatcher, dropGuard, moveThreshold } from "./mutations.ts";
import type { Scenario } from "./scenario.ts";
import type { Series } from "./series.ts";
import { seriesName } from "./series.ts";

const DAY_MINUTES = 1440;
const WEEK_STEPS = (7 * DAY_MINUTES) / 5;

/** Calls a second at 5-minute steps: a week, then three hours at a share of it, then as before. */
function calls(client: string, perSecond: number, share: number): Series {
  return {
    series: seriesName("job:intercom_client_calls:rate5m", { job: "api", client }),
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
  firing: [{ labels: { job: "api", client: "dropped" }, value: "10%" }],
  resolvedAtMinute: 7 * DAY_MINUTES + 360,
  mutations: [...moveThreshold("<", 0.2, [0.05, 0.3]), breakMatcher("offset 1w", "offset 1h"), dropGuard(20)],
};

/** Alerts that look back over days; their recorded inputs are given, not computed. */
export const LONG_SCENARIOS: readonly Scenario[] = [dropped];
