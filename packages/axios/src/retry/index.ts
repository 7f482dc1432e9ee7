export type { IntercomRetry, IntercomRetryOptions } from "./intercom-retry.ts";
export { intercomRetry } from "./intercom-retry.ts";
export type { InterceptedInstance } from "./throttle.ts";
