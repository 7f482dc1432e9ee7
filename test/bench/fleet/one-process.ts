import { instrumentIntercom } from "@intercom-telemetry/axios";
import { METRICS } from "@intercom-telemetry/core/contract";
import axios, { type InternalAxiosRequestConfig } from "axios";
import { Registry } from "prom-client";
import { parseMetricsText, type Sample } from "../../../examples/demo/src/metrics-text.ts";

const LIMIT = 1667;

/** What one process asks for in a minute: two operations, and now and then a 429 with a retry. */
const MINUTE: readonly (readonly [method: string, url: string, status: number, times: number])[] = [
  ["GET", "/contacts/5f0c1b2a3d4e5f6071829304", 200, 30],
  ["POST", "/contacts/search", 200, 5],
  ["GET", "/contacts/5f0c1b2a3d4e5f6071829304", 429, 1],
];

/** A transport that responds at once with the status that the request asks for. */
async function respond(config: InternalAxiosRequestConfig) {
  const status = Number(config.headers.get("x-wanted-status"));
  const headers = {
    "x-ratelimit-limit": String(LIMIT),
    "x-ratelimit-remaining": String(LIMIT / 2),
    "x-ratelimit-reset": String(Math.ceil(Date.now() / 10_000) * 10),
  };
  return { data: { type: "object" }, status, statusText: "", headers, config };
}

/** The metrics page of a real instrumented client after one minute of its traffic. */
export async function measureOneProcess(): Promise<readonly Sample[]> {
  const registry = new Registry();
  const intercom = axios.create({
    baseURL: "https://api.intercom.io",
    adapter: respond,
    validateStatus: () => true,
  });
  instrumentIntercom(intercom, { client: "crm", registry, spans: false });
  for (const [method, url, status, times] of MINUTE) {
    for (let count = 0; count < times; count++) {
      await intercom.request({ method, url, headers: { "x-wanted-status": String(status) } });
    }
  }
  return parseMetricsText(await registry.metrics());
}

const GAUGES: ReadonlySet<string> = new Set(
  Object.values(METRICS).flatMap(({ name, type }) => (type === "gauge" ? [name] : [])),
);

/** Whether a sample is a state, which does not grow with traffic. */
export const isGauge = ({ name }: Sample): boolean => GAUGES.has(name);
