/** Larger bodies are not parsed: Intercom's errors are a few hundred bytes, and the work per request is bounded. */
export const LARGEST_PARSED_BODY_BYTES: number = 64 * 1024;

/** How far into a successful text the sign of an `error.list` is looked for. */
const SIGN_WITHIN_CHARACTERS = 256;

type JsonObject = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function toText(body: unknown): string | undefined {
  if (typeof body === "string") return body.length <= LARGEST_PARSED_BODY_BYTES ? body : undefined;
  const bytes = body instanceof ArrayBuffer ? new Uint8Array(body) : body;
  if (!(bytes instanceof Uint8Array) || bytes.byteLength > LARGEST_PARSED_BODY_BYTES) return undefined;
  return new TextDecoder().decode(bytes);
}

function parseObject(text: string): JsonObject | undefined {
  const json = text.trimStart();
  if (json.charCodeAt(0) !== 123) return undefined;
  try {
    const value: unknown = JSON.parse(json);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The body of a failed request as an object.
 *
 * @param body text, bytes, or what the transport has parsed. Streams are left alone.
 * @returns `undefined` for HTML, empty, cut-off or huge bodies, and for JSON that is no object.
 */
export function readErrorBody(body: unknown): JsonObject | undefined {
  const text = toText(body);
  if (text !== undefined) return parseObject(text);
  const readable = isObject(body) && !ArrayBuffer.isView(body) && typeof body.pipe !== "function";
  return readable ? body : undefined;
}

function startOf(body: unknown): string | undefined {
  if (typeof body === "string") return body.slice(0, SIGN_WITHIN_CHARACTERS);
  const bytes = body instanceof ArrayBuffer ? new Uint8Array(body) : body;
  if (!(bytes instanceof Uint8Array)) return undefined;
  return new TextDecoder("latin1").decode(bytes.subarray(0, SIGN_WITHIN_CHARACTERS));
}

/**
 * The body of a successful status when it is an `error.list` all the same. The look costs the same whatever the
 * size of the body.
 */
export function readHiddenErrorList(body: unknown): JsonObject | undefined {
  const start = startOf(body);
  if (start !== undefined && !start.includes('error.list"')) return undefined;
  const value = readErrorBody(body);
  return value?.type === "error.list" ? value : undefined;
}
