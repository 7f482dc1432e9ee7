import { UNMATCHED_TEMPLATE } from "../contract/index.ts";
import type { RetryMode } from "../facts/index.ts";
import { adviseOn } from "./advice.ts";
import type { ExplainedOutcome } from "./explained-outcome.ts";
import type { ErrorExplanation } from "./explanation.ts";
import { waitSecondsOf } from "./wait-seconds.ts";

const RETRY_IN_WORDS: Readonly<Record<RetryMode, string>> = {
  none: "retrying the same request does not help",
  backoff: "can succeed later: retry with exponential backoff and jitter",
  after_reset: "can succeed later: retry after the window has ended",
  wait_for_condition: "can succeed later: retry once its condition is met",
};

type Facts = Omit<ErrorExplanation, "line">;

/** Retryable without a mode: a retry could succeed, and could do twice what was done once. */
const NOT_BLINDLY = "could succeed later, and must not be repeated blindly";

function retryInWords({ category, retryable, retryMode }: Facts): string {
  if (category === "unknown") return "whether a retry helps is not known";
  return retryable && retryMode === "none" ? NOT_BLINDLY : RETRY_IN_WORDS[retryMode];
}

function toLine(facts: Facts): string {
  const { code, category, cause, action, status, method, urlTemplate, requestId, waitSeconds } = facts;
  const what = [status, code].filter((part) => part !== undefined).join(" ");
  const where = urlTemplate === undefined ? "" : ` on ${method} ${urlTemplate}`;
  const wait = waitSeconds === undefined ? "" : `, ${Math.ceil(waitSeconds)} s from the response`;
  const id = requestId === undefined ? "" : `; request id ${requestId}`;
  return `${what}${where} (${category}): ${cause} ${action} [${retryInWords(facts)}${wait}${id}]`;
}

/**
 * Explains a failed attempt from its outcome: for `onOutcome`, logs and reports.
 *
 * @returns `undefined` when the attempt succeeded.
 */
export function explainOutcome(outcome: ExplainedOutcome): ErrorExplanation | undefined {
  const { error, status, requestId, urlTemplate, method } = outcome;
  if (!error) return undefined;
  const { cause, action, minWaitSeconds } = adviseOn(outcome);
  const waitSeconds = waitSecondsOf(outcome);
  const facts: Facts = {
    code: error.rawCode,
    category: error.category,
    retryable: error.retryable,
    retryMode: error.retryMode,
    cause,
    action,
    ...(minWaitSeconds === undefined ? {} : { minWaitSeconds }),
    ...(waitSeconds === undefined ? {} : { waitSeconds }),
    ...(status === undefined ? {} : { status }),
    ...(urlTemplate === UNMATCHED_TEMPLATE ? {} : { method, urlTemplate }),
    ...(requestId === undefined ? {} : { requestId }),
  };
  return { ...facts, line: toLine(facts) };
}
