import { NOT_INTERCOM_CODE, OTHER_ERROR_CODE } from "../contract/index.ts";
import type { ErrorDescription } from "../facts/index.ts";
import { describeStatus, lookupError } from "../facts/index.ts";
import type { ExplainedOutcome } from "./explained-outcome.ts";
import { adviseOnForeign } from "./intermediary.ts";

/** Cause and action for one failure, as the catalog has them. */
export type Advice = Pick<ErrorDescription, "cause" | "action" | "minWaitSeconds">;

const JOB_LIMIT: Advice = {
  cause: "The workspace has as many pending export jobs as it may have at a time; the window is not used up.",
  action:
    "Wait until a pending job has ended, or cancel it, then ask again; waiting for the window does not help.",
};

const NOTHING_KNOWN: Advice = {
  cause: "Nothing in the response says what went wrong.",
  action:
    "Look at the status and the request id; with the request id, Intercom's support can find the request.",
};

/** What to do where a code means something else than on other operations: those of `OPERATION_EXCEPTIONS`. */
const ACTION_ON_OPERATION: Readonly<Record<string, string>> = {
  "GET /companies/scroll server_error":
    "Throw the cursor away and start the scroll again from the beginning.",
  "PUT /teams/{id} conflict": "Read the team, then try again: another request was changing its members.",
};

function adviseOnUnlisted(rawCode: string, status: number | undefined): Advice {
  const byStatus = status === undefined ? undefined : describeStatus(status);
  if (byStatus) {
    return { ...byStatus, cause: `No documentation lists this code; its status means: ${byStatus.cause}` };
  }
  if (rawCode === OTHER_ERROR_CODE) return NOTHING_KNOWN;
  return { ...NOTHING_KNOWN, cause: "No documentation lists this code." };
}

/** What the catalog says of a failed attempt, on its operation. */
export function adviseOn({ error, status, method, urlTemplate, fromOtherHost }: ExplainedOutcome): Advice {
  if (!error) return NOTHING_KNOWN;
  if (error.code === NOT_INTERCOM_CODE) return adviseOnForeign(status, fromOtherHost);
  if (error.code === "rate_limit_exceeded" && error.retryMode === "wait_for_condition") return JOB_LIMIT;
  if (error.code === OTHER_ERROR_CODE) return adviseOnUnlisted(error.rawCode, status);
  const entry = lookupError(error.code) ?? NOTHING_KNOWN;
  const action = ACTION_ON_OPERATION[`${method} ${urlTemplate} ${error.code}`] ?? entry.action;
  return { ...entry, action };
}
