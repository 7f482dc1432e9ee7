import type { ErrorExplanation } from "@intercom-telemetry/core";
import { explainCaught } from "@intercom-telemetry/core/record";
import { readAxiosError } from "./read-axios-error.ts";

/**
 * Explains how a request to Intercom ended, as data and as one line that may be logged. It has the code,
 * the category, whether and how a retry can help, the cause, the action, and the request id that Intercom's
 * support asks for. It has nothing of the message, the URL's values, the headers or the body.
 *
 * The explanation comes from the same catalog and the same classification as spans and metrics. Never throws.
 *
 * @param error what was caught: an AxiosError, an error of `intercom-client` 3 to 7, or the body of a response.
 */
export function explainIntercomError(error: unknown): ErrorExplanation {
  return explainCaught(error, readAxiosError);
}
