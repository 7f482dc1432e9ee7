import { type Simulator, startSimulator } from "@intercom-telemetry/simulator";
import { type ServiceHandling, type ServiceProcess, startService } from "./service-process.ts";

/** The simulator and both services, running. */
export interface Stage {
  readonly simulator: Simulator;
  readonly services: readonly ServiceProcess[];
  /** Ends all of it. */
  clear(): Promise<void>;
}

const SERVICES = ["crm-sync", "support-bot"];

/** Both services share the quota of this app, and use it up before each window ends. */
const APP = { name: "demo", token: "demo-token", limitPerWindow: 360 };
const LATENCY = { minSeconds: 0.01, maxSeconds: 0.12 };

async function startServices(
  intercomUrl: string,
  basePort: number,
  handling: ServiceHandling,
): Promise<ServiceProcess[]> {
  const starting = SERVICES.map((name, index) =>
    startService(name, { intercomUrl, token: APP.token, port: basePort + index }, handling),
  );
  const started = await Promise.allSettled(starting);
  const failed = started.find((result) => result.status === "rejected");
  const services = started.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
  if (!failed) return services;
  await Promise.all(services.map((service) => service.end()));
  throw failed.reason;
}

/**
 * Starts the simulator and the services, and says where to look.
 *
 * @param basePort port of the first service's metrics; the second service has the next one.
 * @throws Error when a service cannot start, e.g. because its port is in use; then nothing is left running.
 */
export async function setStage(basePort: number, handling: ServiceHandling): Promise<Stage> {
  const simulator = await startSimulator({ apps: [APP], latency: LATENCY });
  console.log(`What really goes over the wire: ${simulator.url}/__simulator/ledger`);
  try {
    const services = await startServices(simulator.url, basePort, handling);
    for (const { name, metricsUrl } of services) console.log(`${name}: ${metricsUrl}`);
    const clear = async (): Promise<void> => {
      await Promise.all(services.map((service) => service.end()));
      await simulator.close();
    };
    return { simulator, services, clear };
  } catch (error) {
    await simulator.close();
    throw error;
  }
}
