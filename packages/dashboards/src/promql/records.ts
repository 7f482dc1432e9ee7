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
  | "outcomeRequests"
  | "jobRequests"
  | "jobRetries"
  | "jobRateLimited"
  | "jobCalls"
  | "jobFailedCalls"
  | "jobDurationBuckets"
  | "requests"
  | "retries"
  | "rateLimited"
  | "calls"
  | "failedCalls"
  | "limit"
  | "remaining"
  | "demand"
  | "demandPeak"
  | "tightWindows"
  | "others"
  | "callsPerHour"
  | "failedCallsPerHour"
  | "callsPerPeriod"
  | "failedCallsPerPeriod"
  | "budgetRemaining";

/**
 * Names of the recorded series, `level:metric:operation`. The level says which labels are left: `outcome` is job,
 * client, url_template, status_code, error_code and retryable; `job_client` is job and client; `client` is client. Group
 * labels of the configuration come on top of each.
 */
export const RECORDS: Readonly<Record<RecordKey, string>> = {
  outcomeRequests: `outcome:${requests}:rate5m`,
  jobRequests: `job_client:${requests}:rate5m`,
  jobRetries: `job_client:${retries}:rate5m`,
  jobRateLimited: `job_client:${family}_rate_limited_requests:rate5m`,
  jobCalls: `job_client:${family}_calls:rate5m`,
  jobFailedCalls: `job_client:${family}_failed_calls:rate5m`,
  jobDurationBuckets: `job_client_le:${METRICS.duration.name}_bucket:rate5m`,
  requests: `client:${requests}:rate5m`,
  retries: `client:${retries}:rate5m`,
  rateLimited: `client:${family}_rate_limited_requests:rate5m`,
  calls: `client:${family}_calls:rate5m`,
  failedCalls: `client:${family}_failed_calls:rate5m`,
  limit: `client:${METRICS.rateLimit.name}:max`,
  remaining: `client:${METRICS.rateLimitRemaining.name}:min`,
  demand: `client:${quota}_demand:ratio`,
  demandPeak: `client:${quota}_demand:max1d`,
  tightWindows: `client:${quota}_tight_windows:ratio_rate15m`,
  others: `client:${quota}_others:ratio`,
  callsPerHour: `client:${family}_calls:increase1h`,
  failedCallsPerHour: `client:${family}_failed_calls:increase1h`,
  callsPerPeriod: `client:${family}_calls:increase_period`,
  failedCallsPerPeriod: `client:${family}_failed_calls:increase_period`,
  budgetRemaining: `client:${family}_error_budget_remaining:ratio`,
};

/** Name of the recorded share of failed calls over a window, e.g. `1h`. */
export function failureRatioRecord(window: string): string {
  return `client:${family}_failed_calls:ratio_rate${window}`;
}
