import { type Simulator, startSimulator } from "@intercom-telemetry/simulator";
import { openScreen } from "./display/screen.ts";
import { startFaults } from "./faults.ts";
import { scrape } from "./metrics-text.ts";
import { type ServiceProcess, startService } from "./service-process.ts";
import type { Run } from "./summary.ts";
import { watchServices } from "./watch-services.ts";

/** How the demo is run. */
export interface DemoOptions {
  /** How long there is traffic; `Infinity` for no end. */
  readonly forSeconds: number;
  /** Port of the first service's metrics; the second service has the next one. */
  readonly basePort: number;
}

const SERVICES = ["crm-sync", "support-bot"];

/** Both services share the quota of this app, and use it up before each window ends. */
const APP = { name: "demo", token: "demo-token", limitPerWindow: 360 };
const LATENCY = { minSeconds: 0.01, maxSeconds: 0.12 };

async function startServices(
  intercomUrl: string,
  basePort: number,
  signal: AbortSignal,
): Promise<ServiceProcess[]> {
  const starting = SERVICES.map((name, index) =>
    startService(name, { intercomUrl, token: APP.token, port: basePort + index }, signal),
  );
  const started = await Promise.allSettled(starting);
  const failed = started.find((result) => result.status === "rejected");
  const services = started.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
  if (!failed) return services;
  await Promise.all(services.map((service) => service.end()));
  throw failed.reason;
}

function sayWhereToLook(simulator: Simulator, services: readonly ServiceProcess[]): void {
  for (const { name, metricsUrl } of services) console.log(`${name}: ${metricsUrl}`);
  console.log(`What really went over the wire: ${simulator.url}/__simulator/ledger`);
}

/** Lets all requests end, then reads what everyone wrote down. */
async function collect(
  simulator: Simulator,
  services: readonly ServiceProcess[],
  seconds: number,
): Promise<Run> {
  const drained = await Promise.all(services.map((service) => service.drain()));
  await simulator.ledger.waitForIdle();
  const pages = await Promise.all(services.map(({ metricsUrl }) => scrape(metricsUrl)));
  return {
    seconds,
    requests: drained.reduce((sum, { requests }) => sum + requests, 0),
    ledger: simulator.ledger.entries(),
    spans: services.flatMap(({ spans }) => spans),
    samples: pages.flat(),
    gaveUp: drained.flatMap(({ gaveUp }) => gaveUp),
  };
}

async function play(
  simulator: Simulator,
  services: readonly ServiceProcess[],
  forSeconds: number,
  signal: AbortSignal,
): Promise<Run> {
  const stopFaults = startFaults(simulator);
  for (const service of services) service.startTraffic();
  try {
    const screen = openScreen(process.stdout.isTTY === true);
    const seconds = await watchServices(services, screen, forSeconds, signal);
    return await collect(simulator, services, seconds);
  } finally {
    stopFaults();
  }
}

/**
 * Runs the demo and leaves nothing running, however it ends.
 *
 * @param signal ends it early; what has happened until then is still added up.
 * @throws Error when a service cannot start, e.g. because a port is in use, or ends by itself.
 */
export async function runDemo({ forSeconds, basePort }: DemoOptions, signal: AbortSignal): Promise<Run> {
  const simulator = await startSimulator({ apps: [APP], latency: LATENCY });
  try {
    const services = await startServices(simulator.url, basePort, signal);
    try {
      sayWhereToLook(simulator, services);
      const playing = play(simulator, services, forSeconds, signal);
      return await Promise.race([playing, ...services.map(({ died }) => died)]);
    } finally {
      await Promise.all(services.map((service) => service.end()));
    }
  } finally {
    await simulator.close();
  }
}
