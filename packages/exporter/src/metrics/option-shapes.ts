import { createSecureContext } from "node:tls";
import type { MetricsTls } from "./options.ts";
import { HEALTH_PATH } from "./paths.ts";

/** A path that a request can ask for and that the health check does not use. */
export const isPath = (path: string): boolean =>
  /^\/(?!\/)[\w.~\-/]*$/.test(path) &&
  new URL(path, "http://localhost").pathname === path &&
  path !== HEALTH_PATH;

/** Whether OpenSSL takes a certificate and its key as a pair. */
export function isTls({ cert, key }: MetricsTls): boolean {
  if (cert === "" || key === "") return false;
  try {
    createSecureContext({ cert, key });
    return true;
  } catch {
    return false;
  }
}
