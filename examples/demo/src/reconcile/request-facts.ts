import { lookupError } from "@intercom-telemetry/core/facts";

/** What ledger, spans and counters have to agree on for each request; empty where it does not apply. */
export interface RequestFacts {
  readonly method: string;
  /** Path template, or `unmatched`. */
  readonly template: string;
  readonly status: string;
  readonly errorCode: string;
  /** `true`, `false`, or empty for a request that succeeded. */
  readonly retryable: string;
  /** The client has a response at its headers, and need not read its body. Not compared. */
  readonly atHeaders?: boolean | undefined;
}

/** A request that could not be made: it never reached the wire, so no ledger has it. */
export function isLocalFailure({ status, errorCode }: RequestFacts): boolean {
  return status === "" && lookupError(errorCode)?.category === "client";
}

/** One line that is equal for equal facts, and for no others. */
export function describeFacts({ method, template, status, errorCode, retryable }: RequestFacts): string {
  const response = status === "" ? "no response" : status;
  return [method, template, response, errorCode || "success", retryable && `retryable=${retryable}`]
    .join(" ")
    .trim();
}
