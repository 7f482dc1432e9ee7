/**
 * Prints, after a warm-up in which every label is seen, how much the heap and the number of series have
 * grown. Each call has its own id, code, header, method and status, and some never settle.
 */
import { instrumentIntercom } from "@intercom-telemetry/axios";
import { context, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { BasicTracerProvider } from "@opentelemetry/sdk-trace-base";
import { Registry } from "prom-client";
import { heapBytes } from "../support/heap.ts";
import { countSeries } from "../support/series.ts";
import { settle } from "../support/stub-adapter.ts";
import { createInstance, NEWEST } from "../support/transports.ts";

/** The least common multiple of all that varies below (900 statuses, every 11th a retry, every 7th a method): each label is seen. */
const WARM_UP_CALLS = 69_300;
const CALLS = 60_000;

context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
trace.setGlobalTracerProvider(new BasicTracerProvider());

const registry = new Registry();
let current = 0;
const api = createInstance(NEWEST, {
  baseURL: "https://api.intercom.io",
  adapter: (config) => {
    const call = current;
    if (call % 10 === 3) return new Promise(() => undefined);
    if (call % 10 === 4)
      return Promise.reject(Object.assign(new Error(`m${call}`), { code: `ECODE${call}` }));
    const errors = [{ code: call % 2 ? `invented_${call}` : "not_found", message: `m${call}` }];
    return settle(config, {
      status: 100 + (call % 900),
      headers: {
        "x-request-id": `request-${call}`,
        "x-ratelimit-limit": String(call),
        "x-ratelimit-remaining": String(call % 100),
        "x-ratelimit-reset": String(Math.floor(Date.now() / 1000) + (call % 60)),
        [`x-header-${call}`]: "x",
      },
      data: JSON.stringify({ type: "error.list", request_id: `r${call}`, errors }),
    });
  },
});
instrumentIntercom(api, { registry });

const PATHS = ["/contacts/", "/conversations/", "/nowhere/", "/contacts/find_by_external_id/"] as const;

async function call(): Promise<void> {
  const path = PATHS[current % PATHS.length] ?? "/contacts/";
  const method = current % 7 === 0 ? `M${current}` : "get";
  const sent = api.request({ method, url: `${path}id-${current}?name_${current}=${current}` });
  // What never settles is let go of, as a caller does who has gone away.
  if (current % 10 === 3) return;
  const { config } = await sent.catch((error: { config?: object }) => error);
  if (config && current % 11 === 0) await api.request(config).catch(() => undefined);
}

async function callUpTo(last: number): Promise<{ heap: number; series: number }> {
  for (; current < last; current += 1) await call();
  return { series: await countSeries(registry), heap: await heapBytes() };
}

const before = await callUpTo(WARM_UP_CALLS);
const after = await callUpTo(WARM_UP_CALLS + CALLS);
const growth = { heapBytes: after.heap - before.heap, series: after.series - before.series };
process.stdout.write(JSON.stringify({ calls: CALLS, ...growth }));
