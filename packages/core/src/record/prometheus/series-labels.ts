import type { Operation, Outcome } from "../../classify/index.ts";
import { KNOWN_STATUSES } from "../../contract/index.ts";
import { lookupError } from "../../facts/index.ts";

/** Statuses as series tell them apart: a registered one, the first digit of any other, 0 without a response. */
export type StatusKey = number;

const labelByStatus: ReadonlyMap<StatusKey, string> = new Map([
  [0, ""],
  ...[1, 2, 3, 4, 5, 6, 7, 8, 9].map((digit): [number, string] => [digit, `${digit}xx`]),
  ...KNOWN_STATUSES.map((status): [number, string] => [status, String(status)]),
]);

/** The class of a status: its first digit, 0 without a response. */
export const statusClass = (key: StatusKey): StatusKey => (key < 100 ? key : Math.floor(key / 100));

/** @param status of three digits. */
export function statusKey(status: number | undefined): StatusKey {
  if (status === undefined) return 0;
  return labelByStatus.has(status) ? status : statusClass(status);
}

/** Value of the label `status_code`. */
export const statusLabel = (key: StatusKey): string => labelByStatus.get(key) ?? "";

/** Value of the label `retryable`. */
export function retryableLabel(error: { readonly retryable: boolean } | undefined): string {
  if (error === undefined) return "";
  return error.retryable ? "true" : "false";
}

const limited = lookupError("rate_limit_exceeded");

/** The error that a retry follows most often. */
export const LIMITED_ERROR: Outcome["error"] = limited && { ...limited, rawCode: limited.code, entries: 1 };

/** Outcomes worth a series with value 0 from the first request on: `increase` cannot see a counter that starts at 1. */
export function zeroInitializedOutcomes({
  documented,
}: Pick<Operation, "documented">): Pick<Outcome, "status" | "error">[] {
  const success = { status: documented?.successStatus ?? 200, error: undefined };
  return LIMITED_ERROR ? [success, { status: 429, error: LIMITED_ERROR }] : [success];
}
