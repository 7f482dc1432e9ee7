import { isObject, warnVisibly } from "@intercom-telemetry/core/record";
import type { AxiosInstanceLike } from "./axios-types.ts";

const EXPECTED = "instance: expected axios, what axios.create() makes, or a new Axios()";

/** Whether it has what an instance has. */
export function isInstance(
  value: Record<PropertyKey, unknown>,
): value is AxiosInstanceLike & Record<PropertyKey, unknown> {
  const request = isObject(value.interceptors) ? value.interceptors.request : undefined;
  if (!isObject(value.defaults) || !isObject(request)) return false;
  return typeof request.use === "function" && typeof request.eject === "function";
}

/**
 * @returns whether the value can be instrumented. An object that cannot, such as a mock of axios, is worth a warning
 *   and not a failure of the program that is being tested.
 * @throws TypeError for what is not an object.
 */
export function checkInstance(value: unknown): value is AxiosInstanceLike & Record<PropertyKey, unknown> {
  if (!isObject(value)) {
    const got = value === null ? "null" : typeof value;
    const hint =
      value === undefined
        ? "; intercom-client 6 and newer have no axiosInstance, since they use fetch: see @intercom-telemetry/fetch"
        : "";
    throw new TypeError(`${EXPECTED}, got ${got}${hint}`);
  }
  if (isInstance(value)) {
    const parts = [value, value.defaults, value.interceptors.request];
    if (parts.every(Object.isExtensible)) return true;
    throw new TypeError(`${EXPECTED}, got one that is frozen`);
  }
  warnVisibly(
    "INTERCOM_TELEMETRY_INSTANCE",
    `${EXPECTED}, got an object without its defaults and interceptors, as a mock is; nothing is recorded`,
  );
  return false;
}
