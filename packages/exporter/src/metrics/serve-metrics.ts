import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createGuardedServer, type GuardedServer } from "@intercom-telemetry/guards/http";
import { findCertificateProblem } from "./certificate.ts";
import { describeListenError } from "./listen-error.ts";
import { writeResponse } from "./metrics-handler.ts";
import type { ResolvedServeOptions, ServeMetricsOptions } from "./options.ts";
import { resolveServeOptions } from "./resolve-options.ts";
import { textResponse } from "./respond.ts";
import { createRouter } from "./router.ts";

/** A running server of metrics. */
export interface MetricsServer {
  /** Where the metrics are, e.g. `http://127.0.0.1:9464/metrics`. */
  readonly url: string;
  /** The port in use; the one the system chose when 0 was asked for. */
  readonly port: number;
  /** Lets the process end although the server is open, as `server.unref()` of Node does. */
  unref(): void;
  /** Ends the server and every open connection. Calling it again does nothing more. */
  close(): Promise<void>;
}

function createMetricsServer(options: ResolvedServeOptions): GuardedServer {
  const route = createRouter(options);
  return createGuardedServer({
    rules: { listenHost: options.host, allowedHosts: options.allowedHosts },
    timeoutSeconds: options.timeoutSeconds,
    tls: options.tls,
    handle: async (request, response) => writeResponse(request.method, response, await route(request)),
    refuse: ({ method }, response, { status, reason }) =>
      writeResponse(method, response, textResponse(status, reason)),
    onError: options.onError,
  });
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

/** Scrapers keep their connections open, and these would keep the process, too. */
function unref(server: Server): void {
  server.unref();
  server.on("connection", (socket) => socket.unref());
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
  const { server, close } = createMetricsServer(resolved);
  const port = await listen(server, resolved);
  const problem = resolved.tls && findCertificateProblem(resolved.tls.cert);
  if (problem) process.emitWarning(problem, "IntercomTelemetryWarning");
  server.on("error", resolved.onError);
  return { url: formatUrl(resolved, port), port, unref: () => unref(server), close };
}
