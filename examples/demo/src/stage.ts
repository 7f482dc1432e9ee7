import { type Simulator, startSimulator } from "@intercom-telemetry/simulator";
import { type MonitoringProcess, startMonitoring } from "./monitoring-process.ts";
import { LIMIT_PER_WINDOW, WINDOW_SECONDS } from "./quota.ts";
import { type ServiceHandling, type ServiceProcess, startService } from "./service-process.ts";
import { type StoreProcess, startStore } from "./store-process.ts";

/** How metrics reach their store. */
export type Pipeline = "scrape" | "otlp";

/** The simulator, the services and what watches them, running. */
export interface Stage {
  readonly simulator: Simulator;
  readonly services: readonly ServiceProcess[];
  /** What the services send to, in the OTLP pipeline. */
  readonly store: StoreProcess | undefined;
  /** Absent when it was not asked for; the reason when it could not be started. */
  readonly monitoring: MonitoringProcess | Error | undefined;
  /** Ends all of it. */
  clear(): Promise<void>;
}

/** What is wanted. */
export interface StageSettings {
  /** Port of the first service's metrics; the others have the next ones. */
  readonly basePort: number;
  readonly pipeline: Pipeline;
  readonly monitoring: boolean;
}

const SERVICES = ["crm-sync", "support-bot", "help-desk"];

/** The token of all services, which share the quota of one app. */
export const TOKEN = "demo-token";

const LATENCY = { minSeconds: 0.01, maxSeconds: 0.12 };

async function startServices(
  intercomUrl: string,
  basePort: number,
  storeUrl: string | undefined,
  handling: ServiceHandling,
): Promise<ServiceProcess[]> {
  const starting = SERVICES.map((name, index) =>
    startService(name, { intercomUrl, token: TOKEN, port: basePort + index, storeUrl }, handling),
  );
  const started = await Promise.allSettled(starting);
  const failed = started.find((result) => result.status === "rejected");
  const services = started.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
  if (!failed) return services;
  await Promise.all(services.map((service) => service.end()));
  throw failed.reason;
}

/** The demo is worth something without its dashboards: why they cannot be shown is told, not thrown. */
async function tryMonitoring(
  intercomUrl: string,
  basePort: number,
  storeUrl: string | undefined,
  signal: AbortSignal,
): Promise<MonitoringProcess | Error> {
  const services = SERVICES.map((name, index) => [name, `127.0.0.1:${basePort + index}`]);
  const settings = { intercomUrl, token: TOKEN, services: Object.fromEntries(services), storeUrl };
  return startMonitoring(settings, signal).catch((error: Error) => error);
}

async function openStore(simulator: Simulator, signal: AbortSignal): Promise<StoreProcess> {
  try {
    return await startStore(signal);
  } catch (error) {
    await simulator.close();
    throw error;
  }
}

/**
 * Starts everything, side by side; the store first, where services send to it.
 *
 * @throws Error when a service cannot start, e.g. because its port is in use; then nothing is left running.
 */
export async function setStage(
  { basePort, pipeline, monitoring: wanted }: StageSettings,
  handling: ServiceHandling,
): Promise<Stage> {
  const apps = [{ name: "demo", token: TOKEN, limitPerWindow: LIMIT_PER_WINDOW }];
  const simulator = await startSimulator({ apps, windowSeconds: WINDOW_SECONDS, latency: LATENCY });
  const endMonitoring = new AbortController();
  const signal = AbortSignal.any([handling.signal, endMonitoring.signal]);
  const store = pipeline === "otlp" ? await openStore(simulator, signal) : undefined;
  const watching = wanted ? tryMonitoring(simulator.url, basePort, store?.url, signal) : undefined;
  const clear = async (services: readonly ServiceProcess[]): Promise<void> => {
    endMonitoring.abort();
    const monitoring = await watching;
    const running = [...services, store, monitoring].flatMap((each) => (each && "end" in each ? [each] : []));
    await Promise.all(running.map((process) => process.end()));
    await simulator.close();
  };
  try {
    const services = await startServices(simulator.url, basePort, store?.url, handling);
    return { simulator, services, store, monitoring: await watching, clear: () => clear(services) };
  } catch (error) {
    await clear([]);
    throw error;
  }
}
