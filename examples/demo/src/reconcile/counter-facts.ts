import { METRICS, NOT_INTERCOM_CODE, OTHER_ERROR_CODE } from "@intercom-telemetry/core/contract";
import { lookupError } from "@intercom-telemetry/core/facts";
import type { Sample } from "../metrics-text.ts";
import { describeFacts, isLocalFailure, type RequestFacts } from "./request-facts.ts";

/** How often each kind of request happened. */
export type Tally = Map<string, number>;

/** Adds to a tally. */
export function count(tally: Tally, facts: RequestFacts, times = 1): void {
  const key = describeFacts(facts);
  tally.set(key, (tally.get(key) ?? 0) + times);
}

/** The facts as labels say them: a code that is not in the catalog is `other`, so that a server cannot make series. */
export function asLabels(facts: RequestFacts): RequestFacts {
  const { errorCode } = facts;
  const isLabel = errorCode === "" || errorCode === NOT_INTERCOM_CODE || lookupError(errorCode) !== undefined;
  return isLabel ? facts : { ...facts, errorCode: OTHER_ERROR_CODE };
}

/** What the request counters of all processes say, taken together. */
export function tallyCounters(samples: readonly Sample[]): Tally {
  const tally: Tally = new Map();
  for (const { name, labels, value } of samples) {
    if (name !== METRICS.requests.name || value === 0) continue;
    const { method = "", url_template = "", status_code = "", error_code = "", retryable = "" } = labels;
    const facts = { method, template: url_template, status: status_code, errorCode: error_code, retryable };
    if (!isLocalFailure(facts)) count(tally, facts, value);
  }
  return tally;
}
