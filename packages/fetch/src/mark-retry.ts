import type { FollowedError } from "@intercom-telemetry/core";
import { isObject, outcomeOf, sharedState } from "@intercom-telemetry/core/record";

/** What a caller says of a request. */
interface Mark {
  readonly retryCount: number;
  readonly follows: FollowedError | undefined;
}

const marks = sharedState("fetch.marks.1", () => new WeakMap<object, Mark>());

/** What the caller has said of a request, by the arguments of fetch. */
export function markOf([input, init]: readonly unknown[]): Mark | undefined {
  return (isObject(init) ? marks.get(init) : undefined) ?? (isObject(input) ? marks.get(input) : undefined);
}

/**
 * Marks a request as a retry of an earlier one. Retries that are made outside fetch, such as by ky or
 * `p-retry`, need it: without the mark each counts as a separate call. The official SDK's own retries need no mark.
 *
 * @param request the Request, or the init, that `fetch` is called with next.
 * @param retryCount how many attempts of the same call went before: 1, 2, 3 ...
 * @param cause the error or the response that the retry follows.
 */
export function markRetry(request: Request | RequestInit, retryCount: number, cause?: unknown): void {
  if (!isObject(request)) return;
  const error = outcomeOf(cause)?.error;
  marks.set(request, {
    retryCount: Number.isInteger(retryCount) && retryCount > 0 ? retryCount : 0,
    follows: error && { code: error.code, category: error.category },
  });
}
