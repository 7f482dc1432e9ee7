import { createSecureContext } from "node:tls";
import { HEALTH_PATH } from "./paths.ts";
import { isSecretHash } from "./secret-hash.ts";

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;

/** A string that is not empty. */
export const isFilledText = (value: unknown): value is string => typeof value === "string" && value !== "";

/** Names of hosts, without ports. */
export const isHostList = (value: unknown): boolean =>
  Array.isArray(value) && value.every((host) => isFilledText(host) && !/[\s/:@]/.test(host));

/** A time-out: more than nothing, at most an hour. */
export const isTimeout = (value: unknown): boolean => typeof value === "number" && value > 0 && value <= 3600;

/** A TCP port, or 0 for any. */
export const isPort = (value: unknown): boolean =>
  Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 65_535;

/** A path that a request can ask for and that the health check does not use. */
export const isPath = (value: unknown): boolean =>
  typeof value === "string" &&
  /^\/(?!\/)[\w.~\-/]*$/.test(value) &&
  new URL(value, "http://localhost").pathname === value &&
  value !== HEALTH_PATH;

/** A certificate and its key that OpenSSL takes as a pair. */
export function isTls(value: unknown): boolean {
  if (!isObject(value) || !isFilledText(value.cert) || !isFilledText(value.key)) return false;
  try {
    createSecureContext({ cert: value.cert, key: value.key });
    return true;
  } catch {
    return false;
  }
}

/** Credentials with hashed secrets. */
export function isAuth(value: unknown): boolean {
  if (!isObject(value)) return false;
  if (value.scheme === "bearer") return isSecretHash(value.tokenHash);
  const nameIsRight = isFilledText(value.username) && !value.username.includes(":");
  return value.scheme === "basic" && nameIsRight && isSecretHash(value.passwordHash);
}
