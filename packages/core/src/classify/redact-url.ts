import type { DocumentedOperation } from "../facts/index.ts";
import { LITERAL_SEGMENTS } from "./operation-matcher.ts";
import type { RequestTarget } from "./request-target.ts";

/** What stands for a value that was left out. */
export const REDACTED = "REDACTED";

const LONGEST_QUERY_FIELDS = 20;
/** Letters, digits, dash, underscore: Intercom's ids are numbers, hex strings and UUIDs. An address is not one of them. */
const OPAQUE_ID = /^[\w-]{1,64}$/;
/** A path all of whose segments are words or opaque ids: nothing in it to redact, unless a parameter is personal. */
const PLAIN_PATH = /^[\w/-]+$/;
/** Up to here no segment can be too long for an opaque id. */
const LONGEST_PLAIN_PATH_CHARACTERS = 65;
/** Lower-case words: no name of Intercom's is anything else, and no token or phone number is only that. */
const FIELD_NAME = /^[a-z][a-z_.[\]-]{0,63}$/;

function redactParameter(name: string, value: string, documented: DocumentedOperation): string {
  return documented.personal?.includes(name) || !OPAQUE_ID.test(value) ? REDACTED : value;
}

function redactPath(path: string, documented: DocumentedOperation | undefined): string {
  const segments = path.split("/");
  if (!documented) {
    return segments
      .slice(0, 16)
      .map((segment) => (segment === "" || LITERAL_SEGMENTS.has(segment) ? segment : REDACTED))
      .join("/");
  }
  const template = documented.template.split("/");
  return segments
    .map((segment, index) => {
      const part = template[index];
      if (part === undefined) return segment === "" ? segment : REDACTED;
      return part.startsWith("{") ? redactParameter(part.slice(1, -1), segment, documented) : part;
    })
    .join("/");
}

/** @param start where the field starts. */
function redactField(query: string, start: number): string {
  const equals = query.indexOf("=", start);
  // Without an equals sign it may as well be a value; up to the sign of a later field it is not a name.
  const name = equals === -1 ? "" : query.slice(start, equals);
  return FIELD_NAME.test(name) ? `${name}=${REDACTED}` : REDACTED;
}

function redactQuery(query: string): string {
  let shown = "?";
  let start = 0;
  for (let field = 1; field < LONGEST_QUERY_FIELDS; field += 1) {
    const end = query.indexOf("&", start);
    if (end === -1) break;
    shown += `${redactField(query, start)}&`;
    start = end + 1;
  }
  return shown + redactField(query, start);
}

const isPlain = (path: string, documented: DocumentedOperation | undefined): boolean =>
  documented !== undefined &&
  documented.personal === undefined &&
  path.length <= LONGEST_PLAIN_PATH_CHARACTERS &&
  PLAIN_PATH.test(path);

/**
 * The URL as it may be recorded (OpenTelemetry's `url.full`): no user info, no base path of a gateway, no
 * query value, no personal path parameter. An unmatched path keeps only segments that are words of the API.
 * Opaque ids of records stay.
 */
export function redactUrl(target: RequestTarget, documented: DocumentedOperation | undefined): string {
  const { protocol, hostname, port, basePath, path, query } = target;
  const usualPort = protocol === "https:" ? 443 : 80;
  const authority = port === usualPort ? hostname : `${hostname}:${port}`;
  const shownPath = isPlain(path, documented) ? path : redactPath(path, documented);
  // Gateways are known to put a key into their path.
  const shownBase = basePath === "" ? "" : `/${REDACTED}`;
  return `${protocol}//${authority}${shownBase}${shownPath}${query === "" ? "" : redactQuery(query)}`;
}
