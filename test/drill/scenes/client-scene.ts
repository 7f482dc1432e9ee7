import { Agent } from "node:http";
import type { InstrumentIntercomOptions } from "@intercom-telemetry/axios";
import { instrumentIntercom } from "@intercom-telemetry/axios";
import { intercomRetry } from "@intercom-telemetry/axios/retry";
import { serveMetrics } from "@intercom-telemetry/exporter";
import { type FaultRule, type Simulator, startSimulator } from "@intercom-telemetry/simulator";
import axios, { type AxiosInstance } from "axios";
import axiosRetry from "axios-retry";
import { Registry } from "prom-client";
import type { Scene } from "../drill.ts";
import { CLOCKS, type ClockName, QUOTA_WINDOW_SECONDS } from "../time/clocks.ts";
import { type Call, Traffic, type TrafficOptions } from "./traffic.ts";

/** The token of every scene's app; each scene has its own simulator. */
export const TOKEN = "drill-token";

/** A service with an instrumented client, and the Intercom that it talks to. */
export interface Stage {
  readonly simulator: Simulator;
  readonly intercom: AxiosInstance;
  readonly traffic: Traffic;
  /** What the service does while all is well. */
  readonly everydayCall: Call;
}

/** What differs from scene to scene. */
export interface ClientSceneOptions extends TrafficOptions {
  readonly callsPerSecond?: number;
  /** Requests that Intercom allows in a window of {@link QUOTA_WINDOW_SECONDS}. Default: more than any scene sends. */
  readonly limitPerWindow?: number;
  /** Retry what failed as `intercomRetry` does, its backoff scaled by this clock. Default: nothing is retried. */
  readonly retriesOn?: ClockName;
  /** Requests that take longer are given up. Default 10; 0 waits for ever. */
  readonly timeoutSeconds?: number;
  readonly onOutcome?: NonNullable<InstrumentIntercomOptions["onOutcome"]>;
  /** Default: `GET /me`. */
  readonly call?: (intercom: AxiosInstance) => Promise<unknown>;
}

/** Enough for twenty requests in each scaled five minutes, with some to spare. */
const EVERYDAY_CALLS_PER_SECOND = 8;
const AMPLE_LIMIT = 1000;
const BACKOFF_SECONDS = 0.5;

function createClient(
  name: string,
  simulator: Simulator,
  registry: Registry,
  options: ClientSceneOptions,
): AxiosInstance {
  const { retriesOn, timeoutSeconds = 10, onOutcome } = options;
  const hosts = [simulator.url];
  const intercom = axios.create({
    baseURL: simulator.url,
    timeout: timeoutSeconds * 1000,
    headers: { Authorization: `Bearer ${TOKEN}` },
    httpAgent: new Agent({ keepAlive: true }),
  });
  if (retriesOn !== undefined) {
    const backoffSeconds = BACKOFF_SECONDS / CLOCKS[retriesOn].factor;
    axiosRetry(intercom, intercomRetry({ hosts, backoffSeconds, windowSeconds: QUOTA_WINDOW_SECONDS }));
  }
  instrumentIntercom(intercom, { client: name, hosts, registry, ...(onOutcome ? { onOutcome } : {}) });
  return intercom;
}

/** Sets up a service under `name`, with its own Intercom and `/metrics`, both in this process. */
export async function openClientScene(
  name: string,
  options: ClientSceneOptions,
  play: (stage: Stage, delivered: Promise<unknown>) => Promise<void>,
): Promise<Scene> {
  const { callsPerSecond = EVERYDAY_CALLS_PER_SECOND, limitPerWindow = AMPLE_LIMIT } = options;
  const simulator = await startSimulator({
    apps: [{ name, token: TOKEN, limitPerWindow }],
    windowSeconds: QUOTA_WINDOW_SECONDS,
    ledgerLimit: 1,
  });
  const registry = new Registry();
  const intercom = createClient(name, simulator, registry, options);
  const metrics = await serveMetrics({ registry, port: 0 });
  const { call = (client) => client.get("/me") } = options;
  const everydayCall = (): Promise<unknown> => call(intercom);
  const traffic = new Traffic(callsPerSecond, everydayCall, options);
  return {
    target: `127.0.0.1:${metrics.port}`,
    identity: { client: name },
    begin: () => traffic.start(),
    play: (delivered) => play({ simulator, intercom, traffic, everydayCall }, delivered),
    async close() {
      traffic.stop();
      await simulator.close();
      await metrics.close();
    },
  };
}

/** Plays a fault that lasts until the alert has been delivered. */
export function untilDelivered(
  begin: (stage: Stage) => void,
  end: (stage: Stage) => void,
): (stage: Stage, delivered: Promise<unknown>) => Promise<void> {
  return async (stage, delivered) => {
    begin(stage);
    await delivered;
    end(stage);
  };
}

/** Plays faults of Intercom's side until the alert has been delivered. */
export function intercomFails(
  ...rules: readonly FaultRule[]
): (stage: Stage, delivered: Promise<unknown>) => Promise<void> {
  return untilDelivered(
    ({ simulator }) => simulator.setScript({ rules }),
    ({ simulator }) => simulator.setScript({ rules: [] }),
  );
}

/** Plays other calls than the everyday ones until the alert has been delivered. */
export function serviceCalls(
  call: (intercom: AxiosInstance) => Promise<unknown>,
): (stage: Stage, delivered: Promise<unknown>) => Promise<void> {
  return untilDelivered(
    ({ traffic, intercom }) => {
      traffic.call = () => call(intercom);
    },
    ({ traffic, everydayCall }) => {
      traffic.call = everydayCall;
    },
  );
}

/** Plays another call instead of every nth everyday one until the alert has been delivered. */
export function serviceAlsoCalls(
  everyNth: number,
  call: (intercom: AxiosInstance) => Promise<unknown>,
): (stage: Stage, delivered: Promise<unknown>) => Promise<void> {
  let calls = 0;
  return untilDelivered(
    ({ traffic, intercom, everydayCall }) => {
      traffic.call = () => {
        calls += 1;
        return calls % everyNth === 0 ? call(intercom) : everydayCall();
      };
    },
    ({ traffic, everydayCall }) => {
      traffic.call = everydayCall;
    },
  );
}
