/**
 * `flood-worker.ts <calls>`: hostile calls, each with a new id, code, request id and headers. Prints how much the heap
 * and the number of series have grown between the first tenth, when every label has been seen, and the end.
 */
import { instrumentIntercom } from "@intercom-telemetry/axios";
import axios, { type InternalAxiosRequestConfig } from "axios";
import { Registry } from "prom-client";
import { registerTracing } from "./variants.ts";

const STATUSES = [200, 200, 200, 404, 422, 429, 500, 503] as const;

function hostileResponse(config: InternalAxiosRequestConfig, call: number) {
  const status = STATUSES[call % STATUSES.length] ?? 200;
  return {
    status,
    statusText: "",
    config,
    headers: {
      "x-request-id": `request-${call}`,
      "x-ratelimit-limit": String(call % 7 === 0 ? -call : 1667),
      "x-ratelimit-remaining": String(call % 1667),
      "x-ratelimit-reset": String(Math.floor(Date.now() / 10_000) * 10 + (call % 5 === 0 ? call : 10)),
      [`x-hostile-${call}`]: "x",
    },
    data: `{"type":"error.list","request_id":"r${call}","errors":[{"code":"hostile_${call}","message":"m${call}"}]}`,
  };
}

async function countSeries(registry: Registry): Promise<number> {
  const text = await registry.metrics();
  return text.split("\n").filter((line) => line !== "" && !line.startsWith("#")).length;
}

function heapBytes(): number {
  for (let pass = 0; pass < 4; pass += 1) globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

const calls = Number(process.argv[2] ?? 1_000_000);
const registry = new Registry();
let current = 0;
const instance = axios.create({
  baseURL: "https://api.intercom.io",
  validateStatus: null,
  adapter: async (config) => hostileResponse(config, current),
});
registerTracing("recording");
instrumentIntercom(instance, { registry });

const paths = ["/contacts/", "/conversations/", "/unknown/", "/companies/"];
let before = { heap: 0, series: 0 };
for (current = 0; current < calls; current += 1) {
  const path = paths[current % paths.length] ?? "/contacts/";
  await instance.get(`${path}id-${current}?token=${current}`);
  if (current === Math.floor(calls / 10)) before = { heap: heapBytes(), series: await countSeries(registry) };
}
const after = { heap: heapBytes(), series: await countSeries(registry) };
process.stdout.write(
  JSON.stringify({ heapGrowthBytes: after.heap - before.heap, seriesGrowth: after.series - before.series }),
);
