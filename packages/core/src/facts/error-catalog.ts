import type { ErrorDescription } from "./error-description.ts";
import { CATALOG, ERROR_KEYS } from "./generated/errors.ts";
import { STATUS_ONLY_ERRORS } from "./status-errors.ts";
import { TRANSPORT_ERRORS } from "./transport-errors.ts";

const ERROR_KEY_ADVICE: Readonly<Record<string, Pick<ErrorDescription, "cause" | "action">>> = {
  invalid_phone_number: {
    cause: "The phone number is not usable.",
    action: "Send the number in E.164 form, with the country code.",
  },
  sms_failed: {
    cause: "The SMS could not be sent for an unknown reason; it may have gone out all the same.",
    action: "Do not retry automatically; offer the person another way to get the link.",
  },
};

const errorKeys: readonly ErrorDescription[] = ERROR_KEYS.map(({ status, ...row }) => ({
  ...row,
  // A blind replay could text somebody twice, so nothing says "back off and send again".
  retryMode: "none",
  statuses: [status],
  typicalStatus: status,
  cause: "",
  action: "",
  ...ERROR_KEY_ADVICE[row.code],
}));

/** Intercom's own codes: everything found in documentation, OpenAPI examples and official SDKs. */
export const INTERCOM_ERRORS: readonly ErrorDescription[] = [...CATALOG, ...errorKeys];

/** Every code that can be recorded, Intercom's own first. */
export const ALL_ERRORS: readonly ErrorDescription[] = [
  ...INTERCOM_ERRORS,
  ...STATUS_ONLY_ERRORS,
  ...TRANSPORT_ERRORS,
];

const byCode: ReadonlyMap<string, ErrorDescription> = new Map(ALL_ERRORS.map((entry) => [entry.code, entry]));

/**
 * Looks a code up in the catalog.
 *
 * @param code Intercom's code (`rate_limit_exceeded`), the code of a bare status (`bad_gateway`), or a transport
 *   code (`timeout`). Case matters, as it does to Intercom.
 * @returns the entry, or `undefined` for a code nobody has documented.
 */
export function lookupError(code: string): ErrorDescription | undefined {
  return byCode.get(code);
}
