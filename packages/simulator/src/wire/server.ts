import { createServer as createPlainServer, type RequestListener, type Server } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo } from "node:net";
import type { ResolvedOptions } from "../options.ts";

/** Idle connections stay open: one that closes just as a client reuses it would be a fault nobody asked for. */
const SETTINGS = { keepAliveTimeout: 0, requestTimeout: 0 };

/** A server that does not listen yet; HTTPS when the options have a certificate. */
export function createServer({ tls }: ResolvedOptions, listener: RequestListener): Server {
  return tls ? createSecureServer({ ...SETTINGS, ...tls }, listener) : createPlainServer(SETTINGS, listener);
}

/** Starts to listen. Resolves with the port, rejects when it is in use. */
export function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

/** Stops listening and ends open connections. */
export function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
