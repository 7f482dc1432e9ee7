import { createServer, type Server } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo } from "node:net";
import { handleRequest, type Surroundings } from "./http/handle-request.ts";
import { createLedger, type Ledger } from "./ledger/ledger.ts";
import { type ResolvedOptions, resolveOptions, type SimulatorOptions } from "./options.ts";
import { createRandom, randomHex, randomWord } from "./random.ts";
import { createApps } from "./running-app.ts";
import { checkScript } from "./script/check-script.ts";
import type { FaultScript } from "./script/fault-script.ts";
import { createFaultSelector, type FaultSelector } from "./script/select-fault.ts";

/** A running simulator. */
export interface Simulator {
  /** Origin, without a slash at the end. */
  readonly url: string;
  readonly port: number;
  readonly ledger: Ledger;
  /**
   * Replaces the faults, whose counters start again.
   *
   * @throws TypeError with the position of what is wrong in the script.
   */
  setScript(script: FaultScript): void;
  /** From now on the token answers 401. Unknown tokens: TypeError. */
  revokeToken(token: string): void;
  /** Makes a revoked token good again. */
  restoreToken(token: string): void;
  /** Stops listening and ends open sockets, hanging requests included. */
  close(): Promise<void>;
}

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

/** Independent streams from one seed: a further draw in one does not shift the others. */
function createStreams({ seed, latency }: ResolvedOptions) {
  const ids = createRandom(seed);
  const delays = createRandom(seed + 1);
  const { minSeconds, maxSeconds } = latency;
  return {
    serverVersion: randomHex(createRandom(seed + 2), 40),
    faults: createRandom(seed + 3),
    nextRequestId: () => randomWord(ids, 20),
    nextLatencySeconds: () => (maxSeconds === 0 ? 0 : minSeconds + delays() * (maxSeconds - minSeconds)),
  };
}

/**
 * Starts an Intercom API on loopback.
 *
 * @throws TypeError for a bad option, and rejects with Node's error when the port is in use.
 */
export async function startSimulator(options?: SimulatorOptions): Promise<Simulator> {
  const resolved = resolveOptions(options);
  const { faults, ...streams } = createStreams(resolved);
  const apps = createApps(resolved);
  const ledger = createLedger(resolved.ledgerLimit);
  let selectFault: FaultSelector = createFaultSelector(resolved.script, faults);
  let url = "";
  const around: Surroundings = {
    ...streams,
    apps,
    ledger,
    handlers: new Map(),
    clockSkewSeconds: resolved.clockSkewSeconds,
    epochMilliseconds: resolved.epochMilliseconds,
    origin: () => url,
    selectFault: (request) => selectFault(request),
  };
  const settings = { keepAliveTimeout: 0, requestTimeout: 0 };
  const server = resolved.tls ? createSecureServer({ ...settings, ...resolved.tls }) : createServer(settings);
  server.on("request", (request, response) => handleRequest(request, response, around));
  const port = await listen(server, resolved.port, resolved.host);
  const host = resolved.host.includes(":") ? `[${resolved.host}]` : resolved.host;
  url = `${resolved.tls ? "https" : "http"}://${host}:${port}`;

  const setRevoked = (token: string, revoked: boolean): void => {
    const app = apps.get(token);
    if (!app) throw new TypeError("token: expected the token of one of the apps");
    app.revoked = revoked;
  };
  return {
    url,
    port,
    ledger,
    setScript(script) {
      selectFault = createFaultSelector(checkScript(script, "script"), faults);
    },
    revokeToken: (token) => setRevoked(token, true),
    restoreToken: (token) => setRevoked(token, false),
    close: () => close(server),
  };
}
