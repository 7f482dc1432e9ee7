import type { Server } from "node:http";
import { createLedger, type Ledger } from "../ledger/ledger.ts";
import { originOf, type ResolvedOptions } from "../options.ts";
import type { SimulatorContext } from "../pipeline/context.ts";
import { handleRequest } from "../pipeline/handle-request.ts";
import { createServer, listen } from "../wire/server.ts";

/** Another host, to which Intercom redirects downloads. It knows no tokens and no quotas. */
export interface Storage {
  /** Origin, without a slash at the end. Its host name differs from that of the API. */
  readonly url: string;
  /** The requests that arrived here; they are not in the ledger of the API. */
  readonly ledger: Ledger;
}

const RECORDING = { status: 200, body: "RIFF", contentType: "audio/wav", fromGateway: true };

/** A storage that listens. */
export interface RunningStorage extends Storage {
  readonly server: Server;
}

/** Starts the storage: any path of it is a recording, unless the script says otherwise. */
export async function startStorage(options: ResolvedOptions, api: SimulatorContext): Promise<RunningStorage> {
  const ledger = createLedger(options.ledgerLimit);
  const context: SimulatorContext = {
    ...api,
    host: "storage",
    apps: new Map(),
    ledger,
    respond: () => RECORDING,
    // One script for both hosts, and it can be replaced.
    get selectFault() {
      return api.selectFault;
    },
  };
  const server = createServer(options, (request, response) => handleRequest(request, response, context));
  const host = options.host === "localhost" ? "127.0.0.1" : "localhost";
  const port = await listen(server, 0, host);
  return { url: originOf({ ...options, host }, port), ledger, server };
}
