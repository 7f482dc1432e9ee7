import type { ErrorAdvice } from "./advice-outline.ts";
import { readAdvice, seenWith } from "./advice-outline.ts";
import type { ErrorDescription } from "./error-description.ts";
import { INTERCOM_KINDS, kindOfStatus } from "./error-kinds.ts";
import { CATALOG_ADVICE, ERROR_KEY_STATUSES } from "./generated/error-advice.ts";
import { STATUS_ONLY_ERRORS } from "./status-errors.ts";
import { TRANSPORT_ERRORS } from "./transport-errors.ts";

// Each table here is made by one call that a bundler may leave out: a service that explains nothing carries no advice.

const ERROR_KEY_ADVICE: Readonly<Record<string, Pick<ErrorDescription, "cause" | "action">>> = {
  invalid_phone_number: {
    cause: "The phone number is not usable.",
    action: "Send the number in E.164 form, with the country code.",
  },
  sms_failed: {
    cause: "The SMS could not be sent for an unknown reason; it may have gone out anyway.",
    action: "Do not retry automatically; offer the person another way to get the link.",
  },
};

const NO_ADVICE: ErrorAdvice = { statuses: [], cause: "", action: "" };

function describe(): readonly ErrorDescription[] {
  const advice = readAdvice(CATALOG_ADVICE);
  for (const [status, code] of ERROR_KEY_STATUSES) {
    advice.set(code, { ...NO_ADVICE, ...seenWith(status), ...ERROR_KEY_ADVICE[code] });
  }
  return INTERCOM_KINDS.map((kind) => ({ ...kind, ...(advice.get(kind.code) ?? NO_ADVICE) }));
}

const join = (...tables: readonly (readonly ErrorDescription[])[]): readonly ErrorDescription[] =>
  tables.flat();

const indexByCode = (entries: readonly ErrorDescription[]): ReadonlyMap<string, ErrorDescription> =>
  new Map(entries.map((entry) => [entry.code, entry]));

/** Intercom's own codes: everything found in documentation, OpenAPI examples and official SDKs. */
export const INTERCOM_ERRORS: readonly ErrorDescription[] = /* @__PURE__ */ describe();

/** Every code that can be recorded, Intercom's own first. */
export const ALL_ERRORS: readonly ErrorDescription[] = /* @__PURE__ */ join(
  INTERCOM_ERRORS,
  STATUS_ONLY_ERRORS,
  TRANSPORT_ERRORS,
);

const byCode: ReadonlyMap<string, ErrorDescription> = /* @__PURE__ */ indexByCode(ALL_ERRORS);

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

/**
 * What a status means when the body says nothing usable.
 *
 * @param status HTTP status code, 100 to 599.
 * @returns the entry for 4xx and 5xx; `undefined` below 400, which is not an error, and outside HTTP's range.
 */
export function describeStatus(status: number): ErrorDescription | undefined {
  const kind = kindOfStatus(status);
  return kind && byCode.get(kind.code);
}
