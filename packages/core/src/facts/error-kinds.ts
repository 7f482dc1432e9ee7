import type { ErrorKind } from "./error-description.ts";
import { CATALOG_KINDS, ERROR_KEY_KINDS, STATUS_CODES, STATUS_ONLY_KINDS } from "./generated/error-kinds.ts";
import { readKinds } from "./kind-outline.ts";
import { TRANSPORT_KINDS } from "./transport-kinds.ts";

/** Kinds of Intercom's own codes: everything found in documentation, OpenAPI examples and official SDKs. */
export const INTERCOM_KINDS: readonly ErrorKind[] = [CATALOG_KINDS, ERROR_KEY_KINDS].flatMap(readKinds);

/** Kinds of the codes that stand for a status and are not in Intercom's own list. */
export const STATUS_KINDS: readonly ErrorKind[] = readKinds(STATUS_ONLY_KINDS);

const byCode: ReadonlyMap<string, ErrorKind> = new Map(
  [...INTERCOM_KINDS, ...STATUS_KINDS, ...TRANSPORT_KINDS].map((kind) => [kind.code, kind]),
);

const codeByStatus: ReadonlyMap<number, string> = new Map(STATUS_CODES);

/** The kind of a code, or `undefined` for one that nobody has documented. */
export function findErrorKind(code: string): ErrorKind | undefined {
  return byCode.get(code);
}

function codeOfStatus(status: number): string | undefined {
  const known = codeByStatus.get(status);
  if (known !== undefined) return known;
  if (status >= 400 && status < 500) return "client_error";
  return status >= 500 && status < 600 ? "server_error" : undefined;
}

/** What kind of error a status is when the body says nothing usable; `undefined` when it is not an error. */
export function kindOfStatus(status: number): ErrorKind | undefined {
  const code = codeOfStatus(status);
  return code === undefined ? undefined : byCode.get(code);
}
