import type { HeaderReader, Operation, TransportFailure } from "../classify/index.ts";
import { classify } from "../classify/index.ts";
import { DEFAULT_CLIENT, OTHER_METHOD, UNMATCHED_TEMPLATE } from "../contract/index.ts";
import { explainOutcome } from "./explain-outcome.ts";
import type { ErrorExplanation } from "./explanation.ts";

/** What somebody holds of a failed request; every part may be missing. */
export interface FailedAnswer {
  /** HTTP status. Without it the body is taken for that of a failure. */
  readonly status?: number | undefined;
  readonly headers?: HeaderReader | undefined;
  /** Text, bytes or parsed JSON. */
  readonly body?: unknown;
  /** Why no answer came. Read only when neither status nor body is given. */
  readonly failure?: TransportFailure | undefined;
  /** The request, where it is known: some codes mean something else on some routes. */
  readonly route?: Operation | undefined;
}

/** Of no class of HTTP's: the classifier reads the body of a failure and draws nothing from the status. */
const STATUS_NOT_KNOWN = 999;

const NO_ROUTE: Operation = { method: OTHER_METHOD, template: UNMATCHED_TEMPLATE };

/**
 * Explains an answer of Intercom, whichever library received it. Never throws.
 *
 * @returns `undefined` when the answer is no failure.
 */
export function explainAnswer(answer: FailedAnswer): ErrorExplanation | undefined {
  const { status, headers, body, failure, route = NO_ROUTE } = answer;
  const answered = status !== undefined || body !== undefined || failure === undefined;
  const outcome = classify(
    {
      client: DEFAULT_CLIENT,
      method: route.method,
      url: "",
      attempt: 1,
      status: answered ? (status ?? STATUS_NOT_KNOWN) : undefined,
      headers,
      body,
      failure,
      durationSeconds: 0,
    },
    route,
  );
  return explainOutcome(status === undefined ? { ...outcome, status: undefined } : outcome);
}
