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
