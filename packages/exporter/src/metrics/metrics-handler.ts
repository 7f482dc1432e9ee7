import type { IncomingMessage, ServerResponse } from "node:http";
import type { MetricsHandlerOptions } from "./options.ts";
import type { MetricsRegistry } from "./registry.ts";
import { resolveHandlerOptions } from "./resolve-options.ts";
import { createResponder, type PlainResponse } from "./respond.ts";

/** What is used of Fastify's request. */
export interface FastifyLikeRequest {
  readonly raw: IncomingMessage;
}

/** What is used of Fastify's reply. */
export interface FastifyLikeReply {
  readonly sent?: boolean;
  code(statusCode: number): unknown;
  headers(headers: Readonly<Record<string, string>>): unknown;
  send(body: Buffer): unknown;
}

/** Handles requests for metrics: as an Express or bare `http` handler, or as a Fastify route handler. */
export interface MetricsHandler {
  (request: IncomingMessage, response: ServerResponse): Promise<void>;
  (request: FastifyLikeRequest, reply: FastifyLikeReply): Promise<void>;
}

/**
 * Writes to Node's response, unless a timeout of the server has responded or the client has left by now. A HEAD
 * request gets the headers only.
 */
export function writeResponse(
  method: string | undefined,
  response: ServerResponse,
  plain: PlainResponse,
): void {
  if (response.headersSent || response.writableEnded || response.destroyed) return;
  response.writeHead(plain.statusCode, plain.headers);
  response.end(method === "HEAD" ? undefined : plain.body);
}

function sendReply(reply: FastifyLikeReply, { statusCode, headers, body }: PlainResponse): void {
  if (reply.sent) return;
  reply.code(statusCode);
  reply.headers(headers);
  reply.send(body);
}

/**
 * Makes a handler that responds with the registry's metrics, for a server that you run yourself:
 * `app.get("/metrics", metricsHandler(register))` in Express and Fastify, `createServer(metricsHandler(register))`
 * without a framework. Who may read them is up to your server. It never rejects and never writes a second response.
 *
 * @throws TypeError when `registry` is not one, or an option is wrong.
 */
export function metricsHandler(
  registry: MetricsRegistry,
  options: MetricsHandlerOptions = {},
): MetricsHandler {
  const { timeoutSeconds, onError } = resolveHandlerOptions(registry, options);
  const respond = createResponder(registry, timeoutSeconds, onError);
  return async (
    request: IncomingMessage | FastifyLikeRequest,
    response: ServerResponse | FastifyLikeReply,
  ): Promise<void> => {
    const raw = "raw" in request ? request.raw : request;
    const plain = await respond(raw);
    try {
      if ("writeHead" in response) writeResponse(raw.method, response, plain);
      else sendReply(response, plain);
    } catch (error) {
      onError(error);
    }
  };
}
