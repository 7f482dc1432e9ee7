import type { ErrorExplanation } from "@intercom-telemetry/core";
import { explainAnswer } from "@intercom-telemetry/core";
import { readError } from "./read-error.ts";

const NO_FAILURE: ErrorExplanation = {
  code: "none",
  category: "unknown",
  retryable: false,
  retryMode: "none",
  cause: "This is no failure of a request: the answer has a status of success and no error in it.",
  action: "Look at what the code did with the answer.",
  line: "none (unknown): this is no failure of a request; look at what the code did with the answer",
};

/** Stands for an error that throws when it is looked at. */
const explainNothing = (): ErrorExplanation => explainAnswer({}) ?? NO_FAILURE;

/**
 * Explains what a request to Intercom ended with: code, category, whether and how a retry can help, cause, action and
 * the request id that Intercom's support asks for, as data and as one line that may be logged. Nothing of the message,
 * the URL's values, the headers or the body is in it.
 *
 * The answer comes from the same catalogue and the same judgement as spans and metrics. Never throws.
 *
 * @param error what was caught: an AxiosError, an error of `intercom-client` 3 to 7, or the body of an answer.
 */
export function explainIntercomError(error: unknown): ErrorExplanation {
  try {
    return explainAnswer(readError(error)) ?? NO_FAILURE;
  } catch {
    return explainNothing();
  }
}
