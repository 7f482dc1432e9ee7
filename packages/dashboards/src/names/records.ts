import { METRICS } from "@intercom-telemetry/core/contract";

/** Window of every recorded rate. Long enough for four scrapes at the slowest interval that is accepted. */
export const RATE_WINDOW = "5m";

/** Seconds in {@link RATE_WINDOW}. */
export const RATE_WINDOW_SECONDS = 300;

const withoutSuffix = (name: string): string => name.replace(/_total$/, "");
const requests = withoutSuffix(METRICS.requests.name);
const retries = withoutSuffix(METRICS.retries.name);
const family = requests.replace(/_requests$/, "");
const quota = METRICS.rateLimit.name.replace(/_limit$/, "");

/** Short names of the recorded series. */
export type RecordKey =
  | "requestsCounted"
  | "requestsBorn"
  | "outcomeRequests"
  | "retriesCounted"
  | "retriesBorn"
  | "outcomeRetries"
  | "instanceCounted"
  | "instanceRequests"
  | "failedCallsByCategory"
  | "worked"
  | "requests"
  | "retries"
  | "rateLimited"
  | "calls"
  | "failedCalls"
  | "durationBuckets"
  | "processes"
  | "tightWindows"
  | "limit"
  | "remaining"
  | "used"
  | "demand"
  | "demandPeak"
  | "others"
  | "callsPerHour"
  | "failedCallsPerHour"
  | "callsPerPeriod"
  | "failedCallsPerPeriod"
  | "budgetRemaining";

/**
 * Names of the recorded series, `level:metric:operation`. The level says which labels are left, on top of the group
 * labels of the configuration:
 * - `outcome`: job, client, method, url_template and how the request ended
 * - `instance`: job, instance, client and error_category
 * - `category`: job, client and error_category
 * - `job`: job and client; `job_le`: and le
 * - `client`: client, for the quota, which all jobs of an app share
 */
export const RECORDS: Readonly<Record<RecordKey, string>> = {
  requestsCounted: `outcome:${requests}_counted:rate5m`,
  requestsBorn: `process:${requests}_born:first5m`,
  outcomeRequests: `outcome:${requests}:rate5m`,
  retriesCounted: `outcome:${retries}_counted:rate5m`,
  retriesBorn: `outcome:${retries}_born:rate5m`,
  outcomeRetries: `outcome:${retries}:rate5m`,
  instanceCounted: `instance:${requests}_counted:rate5m`,
  instanceRequests: `instance:${requests}:rate5m`,
  failedCallsByCategory: `category:${family}_failed_calls:rate5m`,
  worked: `job:${family}_worked_requests:rate5m`,
  requests: `job:${requests}:rate5m`,
  retries: `job:${retries}:rate5m`,
  rateLimited: `job:${family}_rate_limited_requests:rate5m`,
  calls: `job:${family}_calls:rate5m`,
  failedCalls: `job:${family}_failed_calls:rate5m`,
  durationBuckets: `job_le:${METRICS.duration.name}_bucket:rate5m`,
  processes: `job:${family}_processes:count`,
  tightWindows: `job:${quota}_tight_windows:ratio_rate15m`,
  limit: `client:${METRICS.rateLimit.name}:max`,
  remaining: `client:${METRICS.rateLimitRemaining.name}:min`,
  used: `client:${quota}_used:ratio`,
  demand: `client:${quota}_demand:ratio`,
  demandPeak: `client:${quota}_demand:max1d`,
  others: `client:${quota}_others:ratio`,
  callsPerHour: `job:${family}_calls:increase1h`,
  failedCallsPerHour: `job:${family}_failed_calls:increase1h`,
  callsPerPeriod: `job:${family}_calls:increase_period`,
  failedCallsPerPeriod: `job:${family}_failed_calls:increase_period`,
  budgetRemaining: `job:${family}_error_budget_remaining:ratio`,
};

/** Name of the recorded share of failed calls over a window, e.g. `1h`. */
export function failureRatioRecord(window: string): string {
  return `job:${family}_failed_calls:ratio_rate${window}`;
}
