import type { ErrorDescription, RetryMode } from "./error-description.ts";
import { CATALOG, STATUSES } from "./generated/errors.ts";

/** Advice for the codes that only a status can give: their bodies come from a gateway, not from Intercom. */
const ADVICE: Readonly<Record<string, Pick<ErrorDescription, "cause" | "action">>> = {
  method_not_allowed: {
    cause: "This kind of teammate, or this method, may not do that here.",
    action: "Check the method against the reference and the teammate that the token acts for.",
  },
  not_acceptable: {
    cause: "The Accept header is missing or does not fit, or the route does not have this method.",
    action: "Send Accept: application/json (downloads: application/octet-stream) and check the method.",
  },
  unsupported_media_type: {
    cause: "The Content-Type of the body is not one the route takes.",
    action: "Send Content-Type: application/json (uploads: multipart/form-data).",
  },
  bad_gateway: {
    cause: "A gateway in front of Intercom got no good answer from behind it.",
    action: "Retry reads with backoff; look before replaying a write; check the status page when it lasts.",
  },
  gateway_timeout: {
    cause: "A gateway in front of Intercom gave up waiting; a write may have happened.",
    action: "Retry reads with backoff; look before replaying a write; ask for smaller pages on search.",
  },
};

const catalog: ReadonlyMap<string, ErrorDescription> = new Map(CATALOG.map((row) => [row.code, row]));

function describe(row: (typeof STATUSES)[number]): ErrorDescription {
  const known = catalog.get(row.code);
  if (known) return known;
  const retryMode: RetryMode = row.retryable ? "backoff" : "none";
  const { cause, action } = ADVICE[row.code] ?? { cause: "", action: "" };
  const { status, ...rest } = row;
  return { ...rest, retryMode, statuses: [status], typicalStatus: status, cause, action };
}

const byStatus: ReadonlyMap<number, ErrorDescription> = new Map(
  STATUSES.map((row) => [row.status, describe(row)]),
);

/** Codes that stand for a status and are not in Intercom's own list. */
export const STATUS_ONLY_ERRORS: readonly ErrorDescription[] = [...byStatus.values()].filter(
  (entry) => !catalog.has(entry.code),
);

const otherClientError = catalog.get("client_error");
const otherServerError = catalog.get("server_error");

/**
 * What a status means when the body says nothing usable.
 *
 * @param status HTTP status code, 100 to 599.
 * @returns the entry for 4xx and 5xx; `undefined` below 400, which is no error, and outside HTTP's range.
 */
export function describeStatus(status: number): ErrorDescription | undefined {
  const known = byStatus.get(status);
  if (known) return known;
  if (status >= 400 && status < 500) return otherClientError;
  return status >= 500 && status < 600 ? otherServerError : undefined;
}
