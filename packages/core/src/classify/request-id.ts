/** UUIDs (OpenAPI), 20-character ids (recordings), and room for what comes; nothing an address would fit into. */
const REQUEST_ID = /^[\w.:-]{1,128}$/;

/** The value when it can be one of Intercom's request ids, else `undefined`. */
export function readRequestId(value: unknown): string | undefined {
  return typeof value === "string" && REQUEST_ID.test(value) ? value : undefined;
}
