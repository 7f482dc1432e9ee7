import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo, Socket } from "node:net";
import { describeListenError } from "./listen-error.ts";
import { writeResponse } from "./metrics-handler.ts";
import { type ResolvedServeOptions, resolveServeOptions, type ServeMetricsOptions } from "./options.ts";
import { createRouter } from "./router.ts";

/** A running server of metrics. */
export interface MetricsServer {
  /** Where the metrics are, e.g. `http://127.0.0.1:9464/metrics`. */
  readonly url: string;
  /** The port in use; the one the system chose when 0 was asked for. */
  readonly port: number;
  /** Ends the server and every open connection. Calling it again does nothing more. */
  close(): Promise<void>;
}

/** Connections at the same time; further ones are turned away at once. */
const MAX_CONNECTIONS = 128;

/** Requests on one connection that wait for their answers. No scraper asks again before it has been answered. */
const MAX_WAITING_REQUESTS = 8;

/** Makes the function that takes a request in, or ends its connection when too many are waiting on it already. */
function createQueueLimit(): (request: IncomingMessage, response: ServerResponse) => boolean {
  const waiting = new WeakMap<Socket, number>();
  const count = (socket: Socket, change: number): number => {
    const now = (waiting.get(socket) ?? 0) + change;
    waiting.set(socket, now);
    return now;
  };
  return ({ socket }, response) => {
    response.once("close", () => count(socket, -1));
    if (count(socket, 1) <= MAX_WAITING_REQUESTS) return true;
    socket.destroy();
    return false;
  };
}

function createListener(options: ResolvedServeOptions): RequestListener {
  const route = createRouter(options);
  const takeIn = createQueueLimit();
  return (request, response) => {
    if (!takeIn(request, response)) return;
    const answered = route(request).then((plain) => writeResponse(request.method, response, plain));
    answered.catch((error: unknown) => {
      options.onError(error);
      response.destroy();
    });
  };
}

function createHttpServer(options: ResolvedServeOptions): Server {
  const timeoutMs = options.timeoutSeconds * 1000;
  const limits = {
    headersTimeout: timeoutMs,
    requestTimeout: timeoutMs,
    connectionsCheckingInterval: Math.max(timeoutMs / 10, 10),
  };
  const listener = createListener(options);
  const secure = options.tls && {
    ...limits,
    ...options.tls,
    handshakeTimeout: timeoutMs,
    minVersion: "TLSv1.2" as const,
  };
  const server = secure ? createTlsServer(secure, listener) : createServer(limits, listener);
  server.maxConnections = MAX_CONNECTIONS;
  // A client that stops reading gets longer than the slowest scrape, then its socket is closed.
  server.setTimeout(timeoutMs * 2);
  return server;
}

function listen(server: Server, { host, port }: ResolvedServeOptions): Promise<number> {
  return new Promise((resolve, reject) => {
    const fail = (error: NodeJS.ErrnoException) => reject(describeListenError(error, host, port));
    server.once("error", fail);
    server.listen(port, host, () => {
      server.off("error", fail);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

/** Remembers the open sockets, those in a TLS handshake too, and gives a function that closes them with the server. */
function trackSockets(server: Server): () => Promise<void> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  let closing: Promise<void> | undefined;
  return () => {
    closing ??= new Promise((resolve) => {
      server.close(() => resolve());
      for (const socket of sockets) socket.destroy();
    });
    return closing;
  };
}

/** An address that a person on this machine can open. */
function formatUrl({ host, path, tls }: ResolvedServeOptions, port: number): string {
  const reachable = host === "0.0.0.0" ? "127.0.0.1" : host === "::" ? "::1" : host;
  return `${tls ? "https" : "http"}://${reachable.includes(":") ? `[${reachable}]` : reachable}:${port}${path}`;
}

/**
 * Serves a registry at `/metrics`, for Prometheus to scrape, and an `ok` at `/healthz`. Text and OpenMetrics by
 * `Accept`, gzip by `Accept-Encoding`. An address that other machines can reach needs `tls` and `auth`, or `insecure`.
 *
 * @returns the running server, once it listens.
 * @throws TypeError for a wrong option; Error when it cannot listen, e.g. because the port is in use (`code` and
 *   `cause` are those of the system).
 */
export async function serveMetrics(options: ServeMetricsOptions): Promise<MetricsServer> {
  const resolved = resolveServeOptions(options);
  const server = createHttpServer(resolved);
  const close = trackSockets(server);
  const port = await listen(server, resolved);
  server.on("error", resolved.onError);
  return { url: formatUrl(resolved, port), port, close };
}
