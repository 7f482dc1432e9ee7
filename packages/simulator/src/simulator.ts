import { check } from "@intercom-telemetry/guards/shape";
import { respondNormally } from "./api/respond-normally.ts";
import { CONTROL_PREFIX, type SimulatorControl, serveControl } from "./control/control.ts";
import { createLedger } from "./ledger/ledger.ts";
import { originOf, type ResolvedOptions, resolveOptions, type SimulatorOptions } from "./options.ts";
import type { SimulatorContext } from "./pipeline/context.ts";
import { handleRequest } from "./pipeline/handle-request.ts";
import { createRandom, randomHex, randomWord } from "./random.ts";
import { type AppsByToken, createApps } from "./running-app.ts";
import type { FaultScript } from "./script/fault-script.ts";
import { SCRIPT } from "./script/script-shape.ts";
import { createFaultSelector } from "./script/select-fault.ts";
import { createStatusPage, STATUS_PREFIX } from "./status-page/serve-status-page.ts";
import { startStorage } from "./storage/storage.ts";
import { splitTarget } from "./wire/request-facts.ts";
import { close, createServer, listen } from "./wire/server.ts";

/** A running simulator. */
export interface Simulator extends SimulatorControl {
  /** Origin, without a slash at the end. */
  readonly url: string;
  readonly port: number;
  /** Stops listening and ends open sockets, hanging requests included. */
  close(): Promise<void>;
}

/** Independent streams from one seed: a further draw in one does not shift the others. */
const [ID_STREAM, DELAY_STREAM, VERSION_STREAM, FAULT_STREAM, WORKSPACE_STREAM] = [0, 1, 2, 3, 4];

function createStreams({ seed, latency }: ResolvedOptions) {
  const ids = createRandom(seed + ID_STREAM);
  const delays = createRandom(seed + DELAY_STREAM);
  const { minSeconds, maxSeconds } = latency;
  return {
    serverVersion: randomHex(createRandom(seed + VERSION_STREAM), 40),
    nextRequestId: () => randomWord(ids, 20),
    nextLatencySeconds: () => (maxSeconds === 0 ? 0 : minSeconds + delays() * (maxSeconds - minSeconds)),
  };
}

function setRevoked(apps: AppsByToken, token: string, revoked: boolean): void {
  const app = apps.get(token);
  if (!app) throw new TypeError("token: expected the token of one of the apps");
  app.revoked = revoked;
}

/** The faults of the script that was set last; each script begins the random stream again. */
function createFaults({ seed, script }: ResolvedOptions) {
  const createSelector = (rules: FaultScript) =>
    createFaultSelector(rules, createRandom(seed + FAULT_STREAM));
  const faults = {
    select: createSelector(script),
    setScript(next: FaultScript): void {
      faults.select = createSelector(check(SCRIPT, next, "script", ["script"]));
    },
  };
  return faults;
}

/**
 * Starts an Intercom API on loopback.
 *
 * @throws TypeError for a bad option, and rejects with Node's error when the port is in use.
 */
export async function startSimulator(options?: SimulatorOptions): Promise<Simulator> {
  const resolved = resolveOptions(options);
  const apps = createApps(resolved, createRandom(resolved.seed + WORKSPACE_STREAM));
  let url = "";
  const faults = createFaults(resolved);
  const context: SimulatorContext = {
    ...createStreams(resolved),
    host: "api",
    respond: (exchange, windowExceeded) => respondNormally(exchange, windowExceeded, context),
    apps,
    ledger: createLedger(resolved.ledgerLimit),
    clockSkewSeconds: resolved.clockSkewSeconds,
    epochMilliseconds: resolved.epochMilliseconds,
    origin: () => url,
    storageOrigin: () => storage.url,
    get selectFault() {
      return faults.select;
    },
  };
  const storage = await startStorage(resolved, context);
  const status = createStatusPage(resolved.epochMilliseconds);
  const control: SimulatorControl = {
    ledger: context.ledger,
    storage: { url: storage.url, ledger: storage.ledger },
    windows: () => [...apps.values()].flatMap(({ quotaWindows }) => quotaWindows.list()),
    status,
    setScript: faults.setScript,
    revokeToken: (token: string) => setRevoked(apps, token, true),
    restoreToken: (token: string) => setRevoked(apps, token, false),
  };
  const server = createServer(resolved, (request, response) => {
    const [path, query] = splitTarget(request.url ?? "/");
    if (path.startsWith(CONTROL_PREFIX))
      serveControl(request, response, { path, query, listenHost: resolved.host }, control);
    else if (path.startsWith(STATUS_PREFIX)) status.serve(path, response);
    else handleRequest(request, response, context);
  });
  const port = await listen(server, resolved.port, resolved.host).catch(async (error: unknown) => {
    await close(storage.server);
    throw error;
  });
  url = originOf(resolved, port);
  return {
    url,
    port,
    ...control,
    async close() {
      await Promise.all([close(server), close(storage.server)]);
      // Sockets are gone before their exchanges are told.
      await Promise.all([context.ledger.waitForIdle(), storage.ledger.waitForIdle()]);
    },
  };
}
