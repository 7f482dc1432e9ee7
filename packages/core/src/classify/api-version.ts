/** Values seen: `1.0` to `2.17`, `Preview`, `Unstable`. */
const API_VERSION = /^[\w.]{1,16}$/;

/** The `Intercom-Version` of a request when it can be one, else `undefined`. */
export function readApiVersion(value: unknown): string | undefined {
  return typeof value === "string" && API_VERSION.test(value) ? value : undefined;
}
