import type { IncomingHttpHeaders } from "node:http";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { acceptsGzip } from "./negotiate.ts";
import type { OwnMetrics } from "./own-metrics.ts";
import type { MetricsRegistry } from "./registry.ts";
import { createScraper, type Exposition, ScrapeTimeoutError } from "./scrape.ts";

const compress = promisify(gzip);

/** A response before it is written to any framework. `Content-Length` is among the headers. */
export interface PlainResponse {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** The parts of a request that the response depends on. */
export interface PlainRequest {
  readonly method?: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly socket?: { readonly remoteAddress?: string | undefined; readonly destroyed: boolean };
}

/** A plain-text response of one line. */
export function textResponse(
  statusCode: number,
  line: string,
  headers: Readonly<Record<string, string>> = {},
): PlainResponse {
  const body = Buffer.from(`${line}\n`);
  const type = { "content-type": "text/plain; charset=utf-8", "content-length": String(body.length) };
  return { statusCode, headers: { ...type, ...headers }, body };
}

/** The response to a method other than GET and HEAD; `undefined` for those two. */
export function refuseMethod(method: string | undefined): PlainResponse | undefined {
  if (method === "GET" || method === "HEAD") return undefined;
  // The body of the request is not read, so the connection cannot serve another one.
  return textResponse(405, "Only GET and HEAD are allowed here.", {
    allow: "GET, HEAD",
    connection: "close",
  });
}

/** Makes the function that compresses an exposition: once, however many scrapes share it. */
function createCompressor(): (exposition: Exposition) => Promise<Buffer> {
  const compressed = new WeakMap<Exposition, Promise<Buffer>>();
  return (exposition) => {
    const shared = compressed.get(exposition) ?? compress(exposition.body);
    compressed.set(exposition, shared);
    return shared;
  };
}

function toResponse(contentType: string, bytes: Buffer, gzipped: boolean): PlainResponse {
  const headers = {
    "content-type": contentType,
    "content-length": String(bytes.length),
    vary: "Accept, Accept-Encoding",
    ...(gzipped && { "content-encoding": "gzip" }),
  };
  return { statusCode: 200, headers, body: bytes };
}

/**
 * Makes the function that responds to one request for metrics. It never rejects: what the registry throws goes to
 * `onError`, and the client gets a 500 (or 503 after the timeout) that says nothing about the inside.
 */
export function createResponder(
  registry: MetricsRegistry,
  timeoutSeconds: number,
  onError: (error: unknown) => void,
  ownMetrics?: OwnMetrics,
): (request: PlainRequest) => Promise<PlainResponse> {
  const scrape = createScraper(registry, timeoutSeconds, ownMetrics);
  const compressOnce = createCompressor();
  return async ({ method, headers }) => {
    const refusal = refuseMethod(method);
    if (refusal) return refusal;
    try {
      const exposition = await scrape(headers.accept);
      const gzipped = acceptsGzip(headers["accept-encoding"]);
      const bytes = gzipped ? await compressOnce(exposition) : exposition.body;
      return toResponse(exposition.contentType, bytes, gzipped);
    } catch (error) {
      onError(error);
      if (error instanceof ScrapeTimeoutError)
        return textResponse(503, "Collecting the metrics took too long.");
      return textResponse(500, "The metrics could not be collected; the log of the service says why.");
    }
  };
}
