import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { readTarget, startScript } from "./script-process.ts";
import type { LocalServer } from "./server.ts";

/** What `intercom-telemetry serve` has to know. */
export interface ServeSettings {
  /** Where its files go. */
  readonly folder: string;
  /** Time between two probes of a client. */
  readonly intervalSeconds: number;
  /** A probe that takes longer has failed. */
  readonly timeoutSeconds: number;
  /** Origin of the simulated Intercom, which has a status page too. */
  readonly intercomUrl: string;
  /** Names of the clients to probe. */
  readonly clients: readonly string[];
  /** The token of all of them. */
  readonly token: string;
}

const LONGEST_START_SECONDS = 90;

function writeConfig(settings: ServeSettings): string {
  const { folder, intervalSeconds, timeoutSeconds, intercomUrl, clients, token } = settings;
  writeFileSync(join(folder, "token"), token, { mode: 0o600 });
  const file = join(folder, "intercom-telemetry.yaml");
  const serve = {
    intervalSeconds,
    timeoutSeconds,
    statusUrl: `${intercomUrl}/__status/api/v2/summary.json`,
    clients: clients.map((name) => ({ name, baseUrl: intercomUrl, tokenFile: "token" })),
    metrics: { port: 0 },
  };
  writeFileSync(file, JSON.stringify({ serve }));
  return file;
}

/** Starts the command `intercom-telemetry serve` as a process and waits until it can be scraped. */
export async function startServe(settings: ServeSettings): Promise<LocalServer> {
  const args = ["serve", "--config", writeConfig(settings)];
  const serve = startScript("packages/cli/src/cli.ts", args);
  const address = await readTarget(serve, LONGEST_START_SECONDS);
  return { address, url: `http://${address}`, died: serve.died, stop: serve.stop };
}
