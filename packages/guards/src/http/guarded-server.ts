import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { boundConnections } from "./bound-connections.ts";
import { type GuardRules, type Refusal, refuseForeignRequest } from "./refuse-foreign-request.ts";

/** What a local server does with requests, and in which bounds. */
export interface GuardedServerOptions {
  readonly rules: GuardRules;
  /** For a client to send its request. One that stops reading gets twice as long. */
  readonly timeoutSeconds: number;
  /** Certificate and key, for HTTPS. */
  readonly tls?: { readonly cert: string; readonly key: string } | undefined;
  /** Responds to a request that may be served. */
  readonly handle: (request: IncomingMessage, response: ServerResponse) => Promise<void> | void;
  /** Responds to a request that is turned away. */
  readonly refuse: (request: IncomingMessage, response: ServerResponse, refusal: Refusal) => void;
  /** Gets what `handle` throws; its connection is ended. */
  readonly onError: (error: unknown) => void;
}

/** A server that does not listen yet. */
export interface GuardedServer {
  readonly server: Server;
  /** Ends the server and every connection, also those in a TLS handshake. Calling it again does nothing more. */
  readonly close: () => Promise<void>;
}

function createBoundedServer({ timeoutSeconds, tls }: GuardedServerOptions): Server {
  const timeoutMs = timeoutSeconds * 1000;
  const limits = {
    headersTimeout: timeoutMs,
    requestTimeout: timeoutMs,
    connectionsCheckingInterval: Math.max(timeoutMs / 10, 10),
  };
  const server = tls
    ? createTlsServer({ ...limits, ...tls, handshakeTimeout: timeoutMs, minVersion: "TLSv1.2" })
    : createServer(limits);
  server.setTimeout(timeoutMs * 2);
  return server;
}

/**
 * Makes the server for everything of ours that listens on a port. It refuses foreign requests, bounds
 * headers, sockets and time, and a failing handler ends only its own connection.
 */
export function createGuardedServer(options: GuardedServerOptions): GuardedServer {
  const { rules, handle, refuse, onError } = options;
  const server = createBoundedServer(options);
  const connections = boundConnections(server);
  const respond = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const refusal = refuseForeignRequest(request, rules);
    await (refusal ? refuse(request, response, refusal) : handle(request, response));
  };
  server.on("request", (request, response) => {
    if (!connections.admit(request, response)) return;
    respond(request, response).catch((error: unknown) => {
      onError(error);
      response.destroy();
    });
  });
  let closing: Promise<void> | undefined;
  const close = () => {
    closing ??= new Promise((resolve) => {
      server.close(() => resolve());
      connections.destroyAll();
    });
    return closing;
  };
  return { server, close };
}
