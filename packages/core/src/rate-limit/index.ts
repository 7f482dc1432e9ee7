export { readRateLimit } from "./headers.ts";
export { parseHttpDate } from "./http-date.ts";
export { isJobLimit } from "./job-limit.ts";
export type { RateLimit } from "./rate-limit.ts";
export type { RetryAfter } from "./retry-after.ts";
export { readRetryAfter } from "./retry-after.ts";
export type { WindowReading } from "./window.ts";
export { RateLimitWindow } from "./window.ts";
