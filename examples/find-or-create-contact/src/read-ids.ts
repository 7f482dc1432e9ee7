/** Intercom's ids of contacts are 24 hexadecimal digits; nothing else may become part of a path. */
const NAMED_ID = /\bid=([0-9a-f]{24})\b/;
const CANONICAL = /<([^>]*)>\s*;[^,]*\brel="?canonical"?/;
const CONTACT_PATH = /\/contacts\/([0-9a-f]{24})$/;

interface ErrorList {
  readonly errors?: readonly { readonly message?: unknown }[];
}

/** The contact that a 409 says is there already: only the message has its id. */
export function readConflictId(body: ErrorList | undefined): string | undefined {
  const message = body?.errors?.[0]?.message;
  return typeof message === "string" ? NAMED_ID.exec(message)?.[1] : undefined;
}

/** The contact that a merged one lives on in: only the `Link` header of the 410 has its id. */
export function readSurvivorId(link: unknown): string | undefined {
  const url = typeof link === "string" ? CANONICAL.exec(link)?.[1] : undefined;
  return url === undefined ? undefined : CONTACT_PATH.exec(url)?.[1];
}
