import type { IncomingMessage, ServerResponse } from "node:http";
import { refuseForeignRequest } from "@intercom-telemetry/guards/http";
import { check, integer, object, oneOf, secret } from "@intercom-telemetry/guards/shape";
import type { Ledger } from "../ledger/ledger.ts";
import type { QuotaWindow } from "../quota/quota-windows.ts";
import type { FaultScript } from "../script/fault-script.ts";
import type { StatusPage } from "../status-page/status-page.ts";
import type { Storage } from "../storage/storage.ts";
import { readBody } from "../wire/read-body.ts";
import { sendJson } from "../wire/send.ts";

/** Paths of the control begin so; Intercom has none that do. Requests to them are not in the ledger. */
export const CONTROL_PREFIX = "/__simulator/";

/** What can be seen and done while a simulator runs. */
export interface SimulatorControl {
  readonly ledger: Ledger;
  /** The other host, where redirects of downloads lead. */
  readonly storage: Storage;
  /** The use of each app's quota, window by window: the newest 1,000 of each app, oldest first. */
  windows(): QuotaWindow[];
  /**
   * Replaces the faults, whose counters start again.
   *
   * @throws TypeError with the position of what is wrong in the script.
   */
  setScript(script: FaultScript): void;
  /** From now on the token gets 401. Unknown tokens: TypeError. */
  revokeToken(token: string): void;
  /** Makes a revoked token good again. */
  restoreToken(token: string): void;
  /** The status page under `/__status/api/v2/summary.json` and `status.json`. */
  readonly status: StatusPage;
}

interface Call {
  readonly simulator: SimulatorControl;
  readonly query: URLSearchParams;
  /** The parsed body, `undefined` without one. */
  readonly body: unknown;
}

type Operation = (call: Call) => unknown;

const TOKEN = object<{ readonly token: string }>({ token: secret() });

const tokenIn = (body: unknown): string => check(TOKEN, body, "body", ["body"]).token;

function countIn(query: URLSearchParams, name: string): number {
  return check(integer(0, Number.MAX_SAFE_INTEGER), Number(query.get(name) ?? 0), `query.${name}`);
}

const HOST = oneOf(["api", "storage"] as const);

/**
 * What can be done from another process. `GET ledger?skip=n` leaves out the first n entries, those already read;
 * with `host=storage` it is the ledger of the other host.
 */
const OPERATIONS: ReadonlyMap<string, Operation> = new Map<string, Operation>([
  [
    "GET ledger",
    ({ simulator, query }) => {
      const host = check(HOST, query.get("host") ?? "api", "query.host");
      const { ledger } = host === "storage" ? simulator.storage : simulator;
      return {
        entries: ledger.entries().slice(countIn(query, "skip")),
        dropped: ledger.dropped,
        inFlight: ledger.inFlight,
      };
    },
  ],
  ["GET windows", ({ simulator }) => ({ windows: simulator.windows() })],
  ["DELETE ledger", ({ simulator }) => simulator.ledger.clear()],
  ["GET idle", ({ simulator }) => simulator.ledger.waitForIdle()],
  ["PUT script", ({ simulator, body }) => simulator.setScript(body as never)],
  ["PUT status", ({ simulator, body }) => simulator.status.set(body as never)],
  ["POST revoke", ({ simulator, body }) => simulator.revokeToken(tokenIn(body))],
  ["POST restore", ({ simulator, body }) => simulator.restoreToken(tokenIn(body))],
]);

async function run(operation: Operation, call: Omit<Call, "body">, bytes: Buffer, response: ServerResponse) {
  try {
    const body = bytes.length > 0 ? JSON.parse(bytes.toString("utf8")) : undefined;
    const result = await operation({ ...call, body });
    sendJson(response, 200, result ?? { ok: true });
  } catch (error) {
    sendJson(response, 400, { error: error instanceof Error ? error.message : String(error) });
  }
}

/**
 * Responds to a request for a path that begins with {@link CONTROL_PREFIX}.
 *
 * @param target its path and query, and where the simulator listens: a web page in a browser on this machine can reach
 *   it too.
 */
export function serveControl(
  request: IncomingMessage,
  response: ServerResponse,
  target: { readonly path: string; readonly query: string; readonly listenHost: string },
  simulator: SimulatorControl,
): void {
  const refusal = refuseForeignRequest(request, { listenHost: target.listenHost, isControl: true });
  if (refusal) {
    sendJson(response, refusal.status, { error: refusal.reason });
    return;
  }
  const name = target.path.slice(CONTROL_PREFIX.length);
  const operation = OPERATIONS.get(`${request.method} ${name}`);
  if (operation) {
    const query = new URLSearchParams(target.query);
    readBody(request, ({ bytes }) => void run(operation, { simulator, query }, bytes, response));
  } else {
    const known = [...OPERATIONS.keys()].join(", ");
    sendJson(response, 404, { error: `${request.method} ${name}: expected one of ${known}` });
  }
}
