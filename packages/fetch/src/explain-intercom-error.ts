import type { ErrorExplanation } from "@intercom-telemetry/core";
import { explainCaught } from "@intercom-telemetry/core/record";

/**
 * Explains what a request to Intercom ended with: code, category, whether, how and when a retry can help, cause, action
 * and the request id that Intercom's support asks for, as data and as one line that may be logged. Nothing of the
 * message, the URL's values, the headers or the body is in it.
 *
 * What an instrumented fetch has seen is explained exactly, with its operation. Of a request without a response the
 * official SDK's error keeps only a message: explain it where it is caught. Never throws.
 *
 * @param error what was caught: an error of `intercom-client` 3 to 7, of fetch, or of a library above it; a response;
 *   or what the official SDK returned in place of data.
 */
export function explainIntercomError(error: unknown): ErrorExplanation {
  return explainCaught(error);
}
