import type { ErrorExplanation } from "@intercom-telemetry/core";
import { explainEnding, explainOutcome } from "@intercom-telemetry/core";
import { outcomeOf } from "@intercom-telemetry/core/record";
import { readError } from "./read-error.ts";

const explanation = (code: string, cause: string, action: string): ErrorExplanation => ({
  code,
  category: "unknown",
  retryable: false,
  retryMode: "none",
  cause,
  action,
  line: `${code} (unknown): ${cause} ${action}`,
});

const NO_FAILURE = explanation(
  "none",
  "This is no failed request: the response has a status of success and no error in it.",
  "Look at what the code did with the response.",
);

const PROGRAM_ERROR = explanation(
  "program_error",
  "This is no failed request: the program threw it, and nothing in it comes from a request to Intercom.",
  "Look at its stack trace.",
);

/** Stands for an error that throws when it is looked at. */
const NOTHING = { status: undefined };

/**
 * Explains what a request to Intercom ended with: code, category, whether and how a retry can help, cause, action and
 * the request id that Intercom's support asks for, as data and as one line that may be logged. Nothing of the message,
 * the URL's values, the headers or the body is in it.
 *
 * The explanation comes from the same catalog and the same classification as spans and metrics. Never throws.
 *
 * @param error what was caught: an AxiosError, an error of `intercom-client` 3 to 7, or the body of a response.
 */
export function explainIntercomError(error: unknown): ErrorExplanation {
  try {
    const recorded = outcomeOf(error);
    if (recorded?.error) return explainOutcome(recorded) ?? NO_FAILURE;
    const found = readError(error);
    if (!found) return PROGRAM_ERROR;
    return explainEnding(found.ending, found.operation) ?? NO_FAILURE;
  } catch {
    return explainEnding(NOTHING) ?? NO_FAILURE;
  }
}
