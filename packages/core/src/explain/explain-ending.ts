import type { Ending, Operation } from "../classify/index.ts";
import { classify, UNKNOWN_OPERATION } from "../classify/index.ts";
import { explainOutcome } from "./explain-outcome.ts";
import type { ErrorExplanation } from "./explanation.ts";

/**
 * Explains a response or failure, whichever library received it. Never throws.
 *
 * @param operation the request's, where it is known: some codes mean something else on some operations.
 * @returns `undefined` when the response is not a failure.
 */
export function explainEnding(
  ending: Ending,
  operation: Operation = UNKNOWN_OPERATION,
): ErrorExplanation | undefined {
  const { method, template } = operation;
  return explainOutcome({ ...classify(ending, operation), method, urlTemplate: template });
}
