import { instrumentIntercom } from "@intercom-telemetry/axios";
import { context, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import type { ReadableSpan, SpanProcessor } from "@opentelemetry/sdk-trace-base";
import { AlwaysOffSampler, AlwaysOnSampler, BasicTracerProvider } from "@opentelemetry/sdk-trace-base";
import axios, { type AxiosAdapter, type AxiosInstance } from "axios";
import { Registry } from "prom-client";
import { measureByHand } from "./by-hand.ts";

/** With an SDK that records, one that samples everything out, or none. */
export type Tracing = "recording" | "sampledOut" | "noSdk";

/** Registers the SDK for this process, once. Finished spans are dropped, as a batching exporter would take them later. */
export function registerTracing(tracing: Tracing): void {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  if (tracing === "noSdk") return;
  const drop: SpanProcessor = {
    onStart() {},
    onEnd(_span: ReadableSpan) {},
    async forceFlush() {},
    async shutdown() {},
  };
  const sampler = tracing === "recording" ? new AlwaysOnSampler() : new AlwaysOffSampler();
  trace.setGlobalTracerProvider(new BasicTracerProvider({ sampler, spanProcessors: [drop] }));
}

/** Responds at once, as Intercom does when it is healthy. */
const respondAtOnce: AxiosAdapter = async (config) => ({
  status: 200,
  statusText: "OK",
  config,
  headers: {
    "content-type": "application/json; charset=utf-8",
    "x-request-id": "b68959ea6328bc4a8f9a",
    "x-ratelimit-limit": "1667",
    "x-ratelimit-remaining": "1600",
    "x-ratelimit-reset": String(Math.ceil(Date.now() / 10_000) * 10),
  },
  data: '{"type":"contact","id":"5f0c","role":"user"}',
});

function createInstance(adapter: AxiosAdapter): AxiosInstance {
  return axios.create({
    baseURL: "https://api.intercom.io",
    adapter,
    headers: { Authorization: "Bearer token", "Intercom-Version": "2.11" },
  });
}

/** The instances that are compared: bare axios, the floor by hand, and ours. */
export function createVariants(): Record<"bare" | "floor" | "ours", AxiosInstance> {
  const ours = createInstance(respondAtOnce);
  instrumentIntercom(ours, { registry: new Registry() });
  return {
    bare: createInstance(respondAtOnce),
    floor: createInstance(measureByHand(new Registry(), respondAtOnce)),
    ours,
  };
}
