import type { Outcome } from "../classify/index.ts";
import { UNMATCHED_TEMPLATE } from "../contract/index.ts";
import type { RetryMode } from "../facts/index.ts";
import { adviseOn } from "./advice.ts";
import type { ErrorExplanation } from "./explanation.ts";

const RETRY_IN_WORDS: Readonly<Record<RetryMode, string>> = {
  none: "sending it again as it is does not help",
  backoff: "can succeed later: retry with back-off",
  after_reset: "can succeed later: retry after the window has ended",
  wait_for_condition: "can succeed later: retry when what it waits for has happened",
};

type Facts = Omit<ErrorExplanation, "line">;

/** Retryable and yet without a mode: it could go through, and it could do twice what was done once. */
const NOT_BLINDLY = "could succeed later, and must not be repeated blindly";

function retryInWords({ category, retryable, retryMode }: Facts): string {
  if (category === "unknown") return "whether a retry helps is not known";
  return retryable && retryMode === "none" ? NOT_BLINDLY : RETRY_IN_WORDS[retryMode];
}

function toLine(facts: Facts): string {
  const { code, category, cause, action, status, method, endpoint, requestId } = facts;
  const what = [status, code].filter((part) => part !== undefined).join(" ");
  const where = endpoint === undefined ? "" : ` on ${method} ${endpoint}`;
  const id = requestId === undefined ? "" : `; request id ${requestId}`;
  return `${what}${where} (${category}): ${cause} ${action} [${retryInWords(facts)}${id}]`;
}

/**
 * Explains a failed request from what it was judged to be: for `onOutcome`, logs and reports.
 *
 * @returns `undefined` when the request succeeded.
 */
export function explainOutcome(outcome: Outcome): ErrorExplanation | undefined {
  const { error, status, requestId, endpoint, method } = outcome;
  if (!error) return undefined;
  const { cause, action, minWaitSeconds } = adviseOn(outcome);
  const facts: Facts = {
    code: error.rawCode,
    category: error.category,
    retryable: error.retryable,
    retryMode: error.retryMode,
    cause,
    action,
    ...(minWaitSeconds === undefined ? {} : { minWaitSeconds }),
    ...(status === undefined ? {} : { status }),
    ...(endpoint === UNMATCHED_TEMPLATE ? {} : { method, endpoint }),
    ...(requestId === undefined ? {} : { requestId }),
  };
  return { ...facts, line: toLine(facts) };
}
