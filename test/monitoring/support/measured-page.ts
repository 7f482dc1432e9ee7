import { instrumentIntercom } from "@intercom-telemetry/axios";
import { serveMetrics } from "@intercom-telemetry/exporter";
import { startSimulator } from "@intercom-telemetry/simulator";
import axios from "axios";
import { Registry } from "prom-client";
import { onTestFinished } from "vitest";

/** A `/metrics` of a service that has called Intercom. */
export interface MeasuredPage {
  /** `127.0.0.1:port`. */
  readonly address: string;
  /** Calls Intercom once more. */
  call(): Promise<void>;
}

const TOKEN = "page-token";

/** Serves what an instrumented client counted: a success, a 404 and a 429. It ends with the test, or as told. */
export async function startMeasuredPage(
  client = "support",
  onEnd: (close: () => Promise<void>) => void = onTestFinished,
): Promise<MeasuredPage> {
  const simulator = await startSimulator({ apps: [{ name: client, token: TOKEN, limitPerWindow: 2 }] });
  onEnd(() => simulator.close());
  const registry = new Registry();
  const intercom = axios.create({
    baseURL: simulator.url,
    headers: { Authorization: `Bearer ${TOKEN}` },
    validateStatus: () => true,
  });
  instrumentIntercom(intercom, { client, hosts: [simulator.url], registry });
  await intercom.get("/me");
  await intercom.get("/contacts/5f0c1b2a3d4e5f6071829304");
  await intercom.get("/me");
  const metrics = await serveMetrics({ registry, port: 0 });
  onEnd(() => metrics.close());
  return {
    address: `127.0.0.1:${metrics.port}`,
    async call() {
      await intercom.get("/me");
    },
  };
}
