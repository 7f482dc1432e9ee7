import { isJsonObject, type JsonObject } from "@intercom-telemetry/guards/json";

/** What an error body says, before the catalog is asked. */
export interface BodyError {
  /** Intercom's code, when one was sent and looks like one. */
  readonly code?: string;
  /** Entries in `errors`; fields when it is an object; 0 without it. */
  readonly entries: number;
  /** `errors` is an object keyed by field: a validation failure without a code. */
  readonly byField: boolean;
  /** The first entry of `errors`, whatever it is. */
  readonly first?: unknown;
}

/** Letters first: servers of 2018 sent the status as text ("400"), which is not a code. */
const CODE = /^[a-z][a-z0-9_]{0,63}$/i;

const asCode = (value: unknown): string | undefined =>
  typeof value === "string" && CODE.test(value) ? value : undefined;

const of = (code: string | undefined, entries: number, byField: boolean): BodyError =>
  code === undefined ? { entries, byField } : { code, entries, byField };

/**
 * Finds the code in any of Intercom's error bodies: `errors[0].code`, `errors[0].type` (old servers), `error_key`
 * (phone call redirects); none in `errors` keyed by field (Fin), `type: "error"` with a message only, or gateways.
 */
export function readErrorCode(body: JsonObject): BodyError {
  const errors = body.errors;
  if (Array.isArray(errors)) {
    const first: unknown = errors[0];
    const code = isJsonObject(first) ? (asCode(first.code) ?? asCode(first.type)) : undefined;
    return { ...of(code, errors.length, false), first };
  }
  if (isJsonObject(errors)) return of(undefined, Object.keys(errors).length, true);
  return of(asCode(body.error_key), 0, false);
}
