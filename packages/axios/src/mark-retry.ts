import { outcomeOf } from "@intercom-telemetry/core/record";
import type { RequestConfig } from "./axios-types.ts";
import { Call } from "./call.ts";
import { classifySettled } from "./classify-settled.ts";

/**
 * Marks a request as a retry of an earlier one. Retries that are made outside axios, such as by `p-retry`
 * around a call, need it: without the mark each counts as a separate call.
 *
 * @param config the configuration for the request.
 * @param retryCount how many attempts of the same call went before: 1, 2, 3 ...
 * @param cause the error that the retry follows.
 * @returns a copy of the configuration that carries the mark.
 */
export function markRetry<Config extends object>(
  config: Config,
  retryCount: number,
  cause?: unknown,
): Config {
  const call = new Call();
  call.attempts = Number.isInteger(retryCount) && retryCount > 0 ? retryCount : 0;
  call.isRetried = call.attempts > 0;
  const error = (outcomeOf(cause) ?? classifySettled(cause))?.error;
  if (error) call.follows = { code: error.code, category: error.category };
  const marked: Config & RequestConfig = { ...config, "intercom-telemetry": call };
  return marked;
}
