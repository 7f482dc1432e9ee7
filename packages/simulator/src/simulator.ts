import { answerNormally } from "./api/answer-normally.ts";
import { CONTROL_PREFIX, serveControl } from "./control/control.ts";
import { handleRequest } from "./http/handle-request.ts";
import { close, createServer, listen } from "./http/server.ts";
import { splitTarget } from "./http/split-target.ts";
import type { Surroundings } from "./http/surroundings.ts";
import { createLedger, type Ledger } from "./ledger/ledger.ts";
import { originOf, type ResolvedOptions, resolveOptions, type SimulatorOptions } from "./options.ts";
import type { QuotaWindow } from "./quota/quota-windows.ts";
import { createRandom, randomHex, randomWord } from "./random.ts";
import { type AppsByToken, createApps } from "./running-app.ts";
import { checkScript } from "./script/check-script.ts";
import type { FaultScript } from "./script/fault-script.ts";
import { createFaultSelector } from "./script/select-fault.ts";
import { createStatusPage, STATUS_PREFIX } from "./status-page/serve-status-page.ts";
import type { StatusPage } from "./status-page/status-page.ts";
import { type Storage, startStorage } from "./storage/storage.ts";

/** A running simulator. */
export interface Simulator {
  /** Origin, without a slash at the end. */
  readonly url: string;
  readonly port: number;
  readonly ledger: Ledger;
  /** The use of each app's quota, window by window: the newest 1,000 of each app, oldest first. */
  windows(): QuotaWindow[];
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
  /** The other host, where redirects of downloads lead. */
  readonly storage: Storage;
  /** The status page under `/__status/api/v2/summary.json` and `status.json`. */
  readonly status: StatusPage;
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

/**
 * Starts an Intercom API on loopback.
 *
 * @throws TypeError for a bad option, and rejects with Node's error when the port is in use.
 */
export async function startSimulator(options?: SimulatorOptions): Promise<Simulator> {
  const resolved = resolveOptions(options);
  const apps = createApps(resolved, createRandom(resolved.seed + WORKSPACE_STREAM));
  let url = "";
  const createSelector = (script: FaultScript) =>
    createFaultSelector(script, createRandom(resolved.seed + FAULT_STREAM));
  let selectFault = createSelector(resolved.script);
  const around: Surroundings = {
    ...createStreams(resolved),
    host: "api",
    respond: (exchange, windowExceeded) => answerNormally(exchange, windowExceeded, around),
    apps,
    ledger: createLedger(resolved.ledgerLimit),
    clockSkewSeconds: resolved.clockSkewSeconds,
    epochMilliseconds: resolved.epochMilliseconds,
    origin: () => url,
    storageOrigin: () => storage.url,
    get selectFault() {
      return selectFault;
    },
  };
  const storage = await startStorage(resolved, around);
  const status = createStatusPage(resolved.epochMilliseconds);
  const control = {
    ledger: around.ledger,
    windows: () => [...apps.values()].flatMap(({ quotaWindows }) => quotaWindows.list()),
    status,
    setScript(script: FaultScript) {
      selectFault = createSelector(checkScript(script, "script"));
    },
    revokeToken: (token: string) => setRevoked(apps, token, true),
    restoreToken: (token: string) => setRevoked(apps, token, false),
  };
  const server = createServer(resolved, (request, response) => {
    const [path, query] = splitTarget(request.url ?? "/");
    if (path.startsWith(CONTROL_PREFIX))
      serveControl(request, response, { path, query }, control, resolved.host);
    else if (path.startsWith(STATUS_PREFIX)) status.serve(path, response);
    else handleRequest(request, response, around);
  });
  const port = await listen(server, resolved.port, resolved.host).catch(async (error: unknown) => {
    await close(storage.server);
    throw error;
  });
  url = originOf(resolved, port);
  return {
    url,
    port,
    storage: { url: storage.url, ledger: storage.ledger },
    ...control,
    async close() {
      await Promise.all([close(server), close(storage.server)]);
      // Sockets are gone before their exchanges have heard of it.
      await Promise.all([around.ledger.waitForIdle(), storage.ledger.waitForIdle()]);
    },
  };
}
