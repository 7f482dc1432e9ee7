import type { Outcome } from "../classify/index.ts";
import type { RecentFailure } from "../classify/outcomes.ts";
import { claimRecent, recentFailures } from "../classify/outcomes.ts";
import { UNMATCHED_TEMPLATE } from "../contract/index.ts";
import { isObject } from "../is-object.ts";
import type { SdkFailure } from "./sdk-error.ts";
import { readSdkFailure } from "./sdk-error.ts";

/** How engines begin what they say of text that is not JSON. */
const JSON_MESSAGE = /^(?:Unexpected|Unterminated|Expected|Bad |JSON|No number)/;

/** The message under which the SDK reports what fetch rejected with. */
function messageOf(error: unknown): unknown {
  return isObject(error) ? error.message : JSON.stringify(error);
}

function fits({ kind, message, operation }: SdkFailure, { outcome, error }: RecentFailure): boolean {
  const { code } = outcome.error ?? {};
  if (kind === "canceled") return code === "canceled" || code === "timeout";
  if (kind === "timeout") {
    const sameOperation = operation === undefined || operation.template === outcome.urlTemplate;
    return code === "timeout" && sameOperation;
  }
  // SDK 7 throws a failed response away whose JSON is broken.
  return outcome.status === undefined ? messageOf(error) === message : JSON_MESSAGE.test(message);
}

/** What several outcomes have in common; `undefined` when it is not even what went wrong. */
function inCommon(outcomes: readonly Outcome[]): Outcome | undefined {
  const [first, ...others] = outcomes;
  if (
    !first ||
    others.some(({ error, status }) => error?.code !== first.error?.code || status !== first.status)
  ) {
    return undefined;
  }
  const isSameOperation = others.every(
    ({ method, urlTemplate }) => method === first.method && urlTemplate === first.urlTemplate,
  );
  const urlTemplate = isSameOperation ? first.urlTemplate : UNMATCHED_TEMPLATE;
  return { ...first, requestId: undefined, urlTemplate };
}

/**
 * The outcome behind an error of the official SDK that keeps of a failure no more than a message. It is among those of
 * this turn of the event loop; where several fit, only what they have in common is known.
 */
export function recentOutcomeOf(caught: unknown): Outcome | undefined {
  if (recentFailures().length === 0) return undefined;
  const failure = readSdkFailure(caught);
  const fitting = failure ? recentFailures().filter((recent) => fits(failure, recent)) : [];
  const [first, ...others] = fitting;
  if (!first || others.length > 0) return inCommon(fitting.map(({ outcome }) => outcome));
  claimRecent(first, caught);
  return first.outcome;
}
