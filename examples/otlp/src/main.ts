import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  MissingProgramsError,
  pathWith,
  readLastSamples,
  stopProcesses,
  waitUntil,
} from "@intercom-telemetry/local-prometheus";
import { type Simulator, startSimulator } from "@intercom-telemetry/simulator";
import { type AlertReceiver, startAlertReceiver } from "./alert-receiver.ts";
import { startPipeline } from "./pipeline.ts";
import { startService } from "./services.ts";

const TOKEN = "orders-token";
const INSTANCES = ["orders-1", "orders-2"];
const TIMEOUT_SECONDS = 60;

const REQUESTS = "intercom_client_requests_total";

/** Both processes are in the store, each under its own name. */
async function findInstances(storeUrl: string): Promise<true | undefined> {
  const samples = await readLastSamples(storeUrl, `{__name__="${REQUESTS}",job="orders",status_code="200"}`);
  const found = samples.filter(({ value }) => value > 0).map(({ metric }) => metric.instance);
  return INSTANCES.every((instance) => found.includes(instance)) || undefined;
}

async function run(folder: string, simulator: Simulator, receiver: AlertReceiver): Promise<void> {
  const store = await startPipeline(folder, receiver.url);
  const settings = { intercomUrl: simulator.url, token: TOKEN, storeUrl: store.url };
  const services = INSTANCES.map((instance) => startService(instance, settings));
  try {
    await waitUntil("both processes are in the store", TIMEOUT_SECONDS, () => findInstances(store.url));
    const series = await readLastSamples(store.url, '{__name__=~"intercom_.+",job="orders"}');
    console.log(
      `Two processes of the job orders send ${series.length} series over OTLP: ${INSTANCES.join(", ")}`,
    );
    console.log("The token is revoked.");
    simulator.revokeToken(TOKEN);
    const alert = await waitUntil("an alert arrives", TIMEOUT_SECONDS, async () => {
      // Reading makes the store show new series at once, where it takes its time otherwise.
      await readLastSamples(store.url, REQUESTS);
      return receiver.alerts.find(({ labels }) => labels.alertname === "IntercomClientUnauthorized");
    });
    console.log(
      `Alertmanager says: ${alert.labels.alertname}, ${alert.labels.severity}, job ${alert.labels.job}`,
    );
    console.log(`  ${alert.annotations.summary}`);
  } finally {
    await Promise.all(services.map((service) => service.end()));
  }
  const ledger = simulator.ledger.entries().length + simulator.ledger.dropped;
  const counted = await waitUntil("the last numbers are in the store", TIMEOUT_SECONDS, async () => {
    const samples = await readLastSamples(store.url, REQUESTS);
    const sum = samples.reduce((total, { value }) => total + value, 0);
    return sum >= ledger ? sum : undefined;
  });
  console.log(`${ledger} requests in Intercom's ledger, ${counted} in the store`);
  if (counted !== ledger) process.exitCode = 1;
}

const folder = mkdtempSync(join(tmpdir(), "otlp-"));
try {
  process.env.PATH = pathWith("newer");
  const simulator = await startSimulator({ apps: [{ name: "orders", token: TOKEN }] });
  const receiver = await startAlertReceiver();
  try {
    await run(folder, simulator, receiver);
  } finally {
    // Their data go with them, so nothing is ended gently.
    await stopProcesses("SIGKILL");
    receiver.close();
    await simulator.close();
  }
} catch (error) {
  if (!(error instanceof MissingProgramsError)) throw error;
  console.error(`The programs cannot be had on this machine: ${error.message}`);
  process.exitCode = 3;
} finally {
  rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
}
