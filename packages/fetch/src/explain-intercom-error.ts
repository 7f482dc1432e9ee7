import type { ErrorExplanation } from "@intercom-telemetry/core";
import { explainCaught } from "@intercom-telemetry/core/record";

/**
 * Explains how a request to Intercom ended, as data and as one line that may be logged. It has the code,
 * the category, whether, how and when a retry can help, the cause, the action, and the request id that
 * Intercom's support asks for. It has nothing of the message, the URL's values, the headers or the body.
 *
 * What an instrumented fetch has seen is explained exactly, with its operation. Of a request without a response the
 * official SDK's error keeps only a message: explain it where it is caught. Never throws.
 *
 * @param error what was caught: an error of `intercom-client` 3 to 7, of fetch, or of a library above it; a
 *   response; or what the official SDK returned instead of data.
 */
export function explainIntercomError(error: unknown): ErrorExplanation {
  return explainCaught(error);
}
