import type { Operation } from "../../classify/index.ts";
import { KNOWN_STATUSES } from "../../contract/index.ts";
import type { ErrorKind } from "../../facts/error-description.ts";
import { findErrorKind } from "../../facts/error-kinds.ts";

const labelByStatus: ReadonlyMap<number | undefined, string> = new Map(
  KNOWN_STATUSES.map((status) => [status, String(status)]),
);

const CLASSES = ["", "1xx", "2xx", "3xx", "4xx", "5xx", "6xx", "7xx", "8xx", "9xx"] as const;

/** The class of a status of three digits: `4xx`; empty without a response. */
export function statusClass(status = 0): string {
  return CLASSES[Math.floor(status / 100)] ?? "";
}

/** Value of the label `status_code`: a registered status, else its class; empty without a response. */
export function statusLabel(status: number | undefined): string {
  return labelByStatus.get(status) ?? statusClass(status);
}

/** Value of the label `retryable`. */
export function retryableLabel(error: { readonly retryable: boolean } | undefined): string {
  if (error === undefined) return "";
  return error.retryable ? "true" : "false";
}

/** The error that a retry follows most often. */
export const LIMITED_ERROR: ErrorKind | undefined = findErrorKind("rate_limit_exceeded");

/** The status that a success of this operation usually has. */
export function successStatus({ documented }: Pick<Operation, "documented">): number {
  return documented?.successStatus ?? 200;
}

/** Outcomes worth a series with value 0 from the first request on: `increase` cannot see a counter that starts at 1. */
export function zeroInitializedOutcomes(
  operation: Pick<Operation, "documented">,
): { readonly status: number; readonly error: ErrorKind | undefined }[] {
  const success = { status: successStatus(operation), error: undefined };
  return LIMITED_ERROR ? [success, { status: 429, error: LIMITED_ERROR }] : [success];
}
