import type { RateLimit } from "../quota/rate-window.ts";
import type { RateHeaderFault } from "../script/delivery-action.ts";
import { type RateHeaderValues, rateHeaderValues } from "../wire/rate-headers.ts";

const same = (value: string): RateHeaderValues => [value, value, value];

const withReset = (rate: RateLimit, resetEpochSeconds: number): RateHeaderValues =>
  rateHeaderValues({ ...rate, resetEpochSeconds });

/** What each fault sends instead of the true values. */
export const RATE_HEADER_FAULT_VALUES: {
  readonly [K in RateHeaderFault]: (rate: RateLimit) => RateHeaderValues | undefined;
} = {
  missing: () => undefined,
  blank: () => same(""),
  negative: () => same("-1"),
  float: () => same("16.67"),
  overflow: () => same("1e9999"),
  words: () => same("unlimited"),
  duplicate: (rate) => {
    const [limit, remaining, reset] = rateHeaderValues(rate) as [string, string, string];
    return [
      [limit, limit],
      [remaining, remaining],
      [reset, reset],
    ];
  },
  remaining_above_limit: (rate) => rateHeaderValues({ ...rate, remaining: rate.limit + 100 }),
  reset_in_past: (rate) => withReset(rate, rate.resetEpochSeconds - 86_400),
  reset_far_future: (rate) => withReset(rate, rate.resetEpochSeconds + 31_536_000),
  reset_in_milliseconds: (rate) => withReset(rate, rate.resetEpochSeconds * 1000),
};
