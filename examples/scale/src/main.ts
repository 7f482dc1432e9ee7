import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import {
  MissingProgramsError,
  pathWith,
  queryVictoriaMetrics,
  readLastSamples,
  stopProcesses,
  waitUntil,
} from "@intercom-telemetry/local-prometheus";
import { startPair } from "./agents.ts";
import { type Region, startRegion, TOKEN } from "./region.ts";
import { startStore } from "./store.ts";

const TIMEOUT_SECONDS = 60;
const CALLS = 20;
const PAUSE_MILLISECONDS = 200;

/** Requests of a region that the store has counted, over all processes and agents. */
async function countStored(storeUrl: string, { region, cluster }: Region): Promise<number> {
  const selector = `intercom_client_requests_total{cloud_region="${region}",cluster="${cluster}"}`;
  const samples = await readLastSamples(storeUrl, selector);
  return samples.reduce((sum, { value }) => sum + value, 0);
}

/** Both regions call; in the second half the token of the United States is revoked. */
async function call(regions: readonly Region[]): Promise<void> {
  for (let count = 0; count < CALLS; count++) {
    if (count === CALLS / 2) regions.find(({ region }) => region === "us")?.simulator.revokeToken(TOKEN);
    await Promise.all(regions.map((region) => region.call()));
    await sleep(PAUSE_MILLISECONDS);
  }
}

/** Waits until the store has the ledger's number; a number above it is a request that was counted twice. */
async function compare(storeUrl: string, region: Region): Promise<string> {
  const ledger = region.simulator.ledger.entries().length;
  const stored = await waitUntil(`the requests of ${region.region} are stored`, TIMEOUT_SECONDS, async () => {
    const count = await countStored(storeUrl, region);
    return count >= ledger ? count : undefined;
  });
  if (stored !== ledger) process.exitCode = 1;
  return `${region.region}  ${region.cluster}: ${ledger} requests in the ledger, ${stored} in the store`;
}

async function findAlerts(storeUrl: string): Promise<readonly string[]> {
  return waitUntil("an alert fires", TIMEOUT_SECONDS, async () => {
    const firing = await queryVictoriaMetrics(
      storeUrl,
      'ALERTS{alertname="IntercomClientUnauthorized",alertstate="firing"}',
    );
    const where = firing.map(({ metric }) => `${metric.cloud_region} ${metric.cluster}`);
    return where.length > 0 ? where : undefined;
  });
}

async function run(folder: string, regions: readonly [eu: Region, us: Region]): Promise<void> {
  const [store] = await startStore(folder);
  const [eu, us] = regions;
  await startPair(folder, "vmagent", eu, store.url);
  await startPair(folder, "prometheus-agent", us, store.url);
  console.log("Each of four processes is scraped by two agents: vmagent in eu, Prometheus in us.");
  // Births at zero are there before the first call, as in a service that has just been started.
  await waitUntil("the processes are scraped", TIMEOUT_SECONDS, async () => {
    const found = await queryVictoriaMetrics(store.url, "count by (instance) (intercom_client_info)");
    return found.length === eu.targets.length + us.targets.length || undefined;
  });
  await call(regions);
  for (const region of regions) console.log(await compare(store.url, region));
  console.log(`IntercomClientUnauthorized fires in: ${(await findAlerts(store.url)).join(", ")}`);
}

const folder = mkdtempSync(join(tmpdir(), "scale-"));
try {
  process.env.PATH = pathWith("newer");
  const regions = [await startRegion("eu", "eu-1"), await startRegion("us", "us-1")] as const;
  try {
    await run(folder, regions);
  } finally {
    // Their data go with them, so nothing is ended gently.
    await stopProcesses("SIGKILL");
    await Promise.all(regions.map((region) => region.close()));
  }
} catch (error) {
  if (!(error instanceof MissingProgramsError)) throw error;
  console.error(`The programs cannot be had on this machine: ${error.message}`);
  process.exitCode = 3;
} finally {
  rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
}
