/** What ledger, spans and counters have to agree on for each request; empty where it does not apply. */
export interface RequestFacts {
  readonly method: string;
  /** Path template, or `unmatched`. */
  readonly template: string;
  readonly status: string;
  readonly errorCode: string;
  /** `true`, `false`, or empty for a request that succeeded. */
  readonly retryable: string;
}

/** One line that is equal for equal facts, and for no others. */
export function describeFacts({ method, template, status, errorCode, retryable }: RequestFacts): string {
  const answer = status === "" ? "no answer" : status;
  return [method, template, answer, errorCode || "success", retryable && `retryable=${retryable}`]
    .join(" ")
    .trim();
}
