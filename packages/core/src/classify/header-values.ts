/** `1.0` to `2.17`, and the two words that Intercom has for versions without a number. */
const API_VERSION = /^(?:\d{1,2}\.\d{1,3}|Preview|Unstable)$/;

/** Twenty characters of base 36 (recorded responses), or a UUID (OpenAPI). No token or address has these shapes. */
const REQUEST_ID = /^(?:[0-9a-z]{20}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** The requests of a service ask for one version: it is looked at once. */
let lastVersion: string | undefined;

/** The `Intercom-Version` of a request when it can be one, else `undefined`. */
export function readApiVersion(value: unknown): string | undefined {
  if (typeof value !== "string") return undefined;
  if (value !== lastVersion && !API_VERSION.test(value)) return undefined;
  lastVersion = value;
  return value;
}

/** The value when it has the shape of Intercom's request ids, else `undefined`. */
export function readRequestId(value: unknown): string | undefined {
  return typeof value === "string" && REQUEST_ID.test(value) ? value : undefined;
}
