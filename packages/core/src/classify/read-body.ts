import type { JsonObject } from "@intercom-telemetry/guards/json";
import { isJsonObject, parseJsonObject } from "@intercom-telemetry/guards/json";

/** Larger bodies are not parsed: Intercom's errors are a few hundred bytes, and the work per request is bounded. */
export const LARGEST_PARSED_BODY_BYTES: number = 64 * 1024;

/** How far into a successful text the sign of an `error.list` is looked for. */
const SIGN_WITHIN_CHARACTERS = 256;

function toBytes(body: unknown): Uint8Array | undefined {
  if (body instanceof Uint8Array) return body;
  return body instanceof ArrayBuffer ? new Uint8Array(body) : undefined;
}

function toText(body: unknown): string | undefined {
  if (typeof body === "string") return body.length <= LARGEST_PARSED_BODY_BYTES ? body : undefined;
  const bytes = toBytes(body);
  if (!bytes || bytes.byteLength > LARGEST_PARSED_BODY_BYTES) return undefined;
  return new TextDecoder().decode(bytes);
}

/**
 * The body of a failed response as an object.
 *
 * @param body text, bytes, or what the transport has parsed. Streams are left alone.
 * @returns `undefined` for HTML, empty, cut-off or huge bodies, and for JSON that is not an object.
 */
export function readErrorBody(body: unknown): JsonObject | undefined {
  const text = toText(body);
  if (text !== undefined) return parseJsonObject(text);
  const readable = isJsonObject(body) && !ArrayBuffer.isView(body) && typeof body.pipe !== "function";
  return readable ? body : undefined;
}

function startOf(body: unknown): string | undefined {
  if (typeof body === "string") return body.slice(0, SIGN_WITHIN_CHARACTERS);
  const bytes = toBytes(body);
  // As a stream, which leaves out a character that is cut.
  return bytes && new TextDecoder().decode(bytes.subarray(0, SIGN_WITHIN_CHARACTERS), { stream: true });
}

/**
 * The body of a successful status when it is an `error.list` nonetheless. The look costs the same whatever the
 * size of the body.
 */
export function readHiddenErrorList(body: unknown): JsonObject | undefined {
  const start = startOf(body);
  if (start !== undefined && !start.includes('error.list"')) return undefined;
  const value = readErrorBody(body);
  return value?.type === "error.list" ? value : undefined;
}

/** JSON of any kind starts with one of these. */
const START_OF_JSON = /^(?:[{["]|-?\d|true|false|null)/;
/** Control characters and what cannot be decoded: compressed or binary, so nothing is known of it. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const UNREADABLE = /[\u0000-\u0008\u000e-\u001f\ufffd]/;

/**
 * Whether a failed response has a body in words that cannot be Intercom's, whose API responds in JSON: the page of a
 * proxy, a CDN or a load balancer.
 */
export function isForeignText(body: unknown): boolean {
  const start = startOf(body)?.trimStart() ?? "";
  return start !== "" && !START_OF_JSON.test(start) && !UNREADABLE.test(start);
}
