import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { readForm } from "./read-form.ts";
import { SECURITY_HEADERS } from "./security-headers.ts";

/** What a dashboard needs, all of it reading. */
const READ_PATH =
  /^api\/v1\/(query|query_range|query_exemplars|series|label\/[a-zA-Z_][a-zA-Z0-9_]*\/values)$/;

const TIMEOUT_MILLISECONDS = 30_000;

function sendError(response: ServerResponse, status: number, error: string): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  response.writeHead(status, { ...SECURITY_HEADERS, "content-type": "application/json" });
  response.end(JSON.stringify({ status: "error", errorType: "preview", error }));
}

function ask(address: string, form: URLSearchParams): Promise<Response> {
  const signal = AbortSignal.timeout(TIMEOUT_MILLISECONDS);
  // Label values are only served to GET; queries can be longer than an address may be.
  if (address.endsWith("/values")) return fetch(`${address}?${form}`, { signal });
  return fetch(address, { method: "POST", body: form, signal });
}

/**
 * Passes a query to Prometheus and its response to the browser, unchanged.
 *
 * @param path Path behind Prometheus's address, e.g. `api/v1/query`. Anything that is not reading is refused.
 */
export async function proxyPrometheus(
  prometheusUrl: string,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (!READ_PATH.test(path))
    return sendError(response, 403, `The preview does not ask Prometheus for ${path}.`);
  if (request.method !== "POST") return sendError(response, 405, "The preview asks by POST only.");
  try {
    const reply = await ask(`${prometheusUrl}/${path}`, await readForm(request));
    response.writeHead(reply.status, { ...SECURITY_HEADERS, "content-type": "application/json" });
    if (reply.body === null) response.end();
    else await pipeline(Readable.fromWeb(reply.body as never), response);
  } catch (error) {
    const { cause, message } = error as Error;
    const reason = cause instanceof Error ? cause.message : message;
    sendError(response, 502, `Prometheus at ${prometheusUrl} did not respond: ${reason}`);
  }
}
