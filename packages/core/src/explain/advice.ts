import type { Outcome } from "../classify/index.ts";
import { OTHER_ERROR_CODE } from "../contract/index.ts";
import type { ErrorDescription } from "../facts/index.ts";
import { describeStatus, lookupError, routeException } from "../facts/index.ts";

/** Cause and action for one failure, as the catalogue has them. */
export type Advice = Pick<ErrorDescription, "cause" | "action" | "minWaitSeconds">;

const JOB_LIMIT: Advice = {
  cause:
    "As many export jobs are pending as the workspace may have at a time; the window of requests is not used up.",
  action:
    "Wait until a pending job has ended, or cancel it, then ask again; waiting for the window changes nothing.",
};

const NOTHING_KNOWN: Advice = {
  cause: "Nothing in what arrived says what went wrong.",
  action:
    "Look at the status and the request id of the answer; with the request id, Intercom's support can find it.",
};

function adviceOnUnlisted(rawCode: string, status: number | undefined): Advice {
  const byStatus = status === undefined ? undefined : describeStatus(status);
  if (byStatus) {
    return { ...byStatus, cause: `No documentation has this code; what its status means: ${byStatus.cause}` };
  }
  if (rawCode === OTHER_ERROR_CODE) return NOTHING_KNOWN;
  return { ...NOTHING_KNOWN, cause: "No documentation has this code." };
}

/** What the catalogue says of a failed outcome, on its route. */
export function adviseOn({ error, status, method, endpoint }: Outcome): Advice {
  if (!error) return NOTHING_KNOWN;
  if (error.code === "rate_limit_exceeded" && error.retryMode === "wait_for_condition") return JOB_LIMIT;
  if (error.code === OTHER_ERROR_CODE) return adviceOnUnlisted(error.rawCode, status);
  const entry = lookupError(error.code);
  const exception = routeException(method, endpoint, error.code);
  return exception && entry ? { ...entry, action: exception.action } : (entry ?? NOTHING_KNOWN);
}
