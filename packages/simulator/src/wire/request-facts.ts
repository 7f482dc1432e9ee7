import type { IncomingMessage } from "node:http";

/** Path and query of a request target, which proxies send as an absolute URL. */
export function splitTarget(target: string): readonly [path: string, query: string] {
  const relative = target.replace(/^https?:\/\/[^/?]*/i, "");
  const mark = relative.indexOf("?");
  return mark < 0 ? [relative, ""] : [relative.slice(0, mark), relative.slice(mark + 1)];
}

/**
 * The token in an `Authorization` header: the bearer token, or the user name of Basic auth (how SDKs 2 to 5 send
 * it). `undefined` for anything else.
 */
export function readToken(authorization: string | undefined): string | undefined {
  const [, scheme, credentials] = /^(bearer|basic) +(\S+) *$/i.exec(authorization ?? "") ?? [];
  if (scheme === undefined || credentials === undefined) return undefined;
  if (scheme.toLowerCase() === "bearer") return credentials;
  return Buffer.from(credentials, "base64").toString("utf8").split(":", 1)[0];
}

/** Request headers by which a caller marks its requests for the ledger. */
export const CORRELATION_HEADER = "x-simulator-correlation";
export const PROCESS_HEADER = "x-simulator-process";

/** The value of a header that was sent once. */
export function headerOf({ headers }: IncomingMessage, name: string): string | undefined {
  const value = headers[name];
  return typeof value === "string" ? value : undefined;
}
