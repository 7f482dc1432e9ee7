import type { Outcome } from "../classify/index.ts";
import { outcomeOf } from "../classify/outcomes.ts";
import { isObject } from "../is-object.ts";
import type { CaughtFailure } from "./caught-failure.ts";
import { explainEnding } from "./explain-ending.ts";
import { explainOutcome } from "./explain-outcome.ts";
import type { ErrorExplanation } from "./explanation.ts";
import { isNotJson, NOT_JSON } from "./not-json.ts";
import { readCaught } from "./read-caught.ts";
import { recentOutcomeOf } from "./recent-outcome.ts";

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
  "This is not a failed request: the response has a status of success and no error in it.",
  "Look at what the code did with the response.",
);

const PROGRAM_ERROR = explanation(
  "program_error",
  "This is not a failed request: the program threw it, and nothing in it comes from a request to Intercom.",
  "Look at its stack trace.",
);

/** Stands for an error that throws when it is looked at. */
const NOTHING = { status: undefined };

const DEEPEST_CAUSE = 4;

/** A program wraps what it caught: the failure is among the causes of its own error. */
function* withCauses(caught: unknown): Generator<unknown> {
  let error = caught;
  for (let depth = 0; depth <= DEEPEST_CAUSE; depth += 1) {
    yield error;
    if (!(error instanceof Error) || !isObject(error.cause)) return;
    error = error.cause;
  }
}

function recordedOf(caught: unknown): Outcome | undefined {
  for (const error of withCauses(caught)) {
    const outcome = outcomeOf(error);
    if (outcome) return outcome;
  }
  return undefined;
}

function findFailure(
  caught: unknown,
  read: (error: unknown) => CaughtFailure | undefined,
): CaughtFailure | undefined {
  for (const error of withCauses(caught)) {
    const found = error === caught || error instanceof Error ? read(error) : undefined;
    if (found) return found;
  }
  return undefined;
}

/**
 * Explains what was caught, or what the official SDK returned instead of data. Never throws.
 *
 * @param readFurther reads what a transport alone understands.
 */
export function explainCaught(
  caught: unknown,
  readFurther: (caught: unknown) => CaughtFailure | undefined = () => undefined,
): ErrorExplanation {
  try {
    const recorded = recordedOf(caught) ?? recentOutcomeOf(caught);
    if (recorded?.error) return explainOutcome(recorded) ?? NO_FAILURE;
    if (isNotJson(caught)) return NOT_JSON;
    const found = findFailure(caught, (error) => readFurther(error) ?? readCaught(error));
    if (!found) return PROGRAM_ERROR;
    return explainEnding(found.ending, found.operation) ?? NO_FAILURE;
  } catch {
    return explainEnding(NOTHING) ?? NO_FAILURE;
  }
}
