import { instrumentIntercom } from "@intercom-telemetry/axios";
import { ATTRIBUTES, METRICS } from "@intercom-telemetry/core/contract";
import type { Attributes } from "@opentelemetry/api";
import { context, SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import type { ReadableSpan, SpanProcessor } from "@opentelemetry/sdk-trace-base";
import { AlwaysOffSampler, AlwaysOnSampler, BasicTracerProvider } from "@opentelemetry/sdk-trace-base";
import axios, { type AxiosAdapter, type AxiosInstance } from "axios";
import { Counter, Gauge, Histogram, Registry } from "prom-client";

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

/** Answers at once, as Intercom does when all is well. */
const answer: AxiosAdapter = async (config) => ({
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

/**
 * The floor: what a careful engineer would write by hand at the same place, with the same spans, attributes and
 * metrics, knowing the template beforehand and never failing.
 */
export function measureByHand(registry: Registry, send: AxiosAdapter): AxiosAdapter {
  const registers = [registry];
  const metric = ({ name, help, labels }: (typeof METRICS)[keyof typeof METRICS]) => ({
    name,
    help,
    labelNames: labels,
    registers,
  });
  const requests = new Counter(metric(METRICS.requests));
  const duration = new Histogram({
    ...metric(METRICS.duration),
    buckets: [...(METRICS.duration.buckets ?? [])],
  });
  const inFlight = new Gauge(metric(METRICS.inFlight));
  const remaining = new Gauge(metric(METRICS.rateLimitRemaining));
  const reset = new Gauge(metric(METRICS.rateLimitReset));
  const client = "default";
  const endpoint = "/contacts/{id}";
  return async (config) => {
    const attributes: Attributes = {
      [ATTRIBUTES.method.name]: "GET",
      [ATTRIBUTES.serverAddress.name]: "api.intercom.io",
      [ATTRIBUTES.serverPort.name]: 443,
      [ATTRIBUTES.url.name]: `https://api.intercom.io${config.url}`,
      [ATTRIBUTES.client.name]: client,
      [ATTRIBUTES.urlTemplate.name]: endpoint,
      [ATTRIBUTES.apiVersion.name]: "2.11",
    };
    const tracer = trace.getTracer("by-hand");
    const span = tracer.startSpan(`GET ${endpoint}`, { kind: SpanKind.CLIENT, attributes }, context.active());
    inFlight.inc({ client });
    const started = performance.now();
    try {
      const response = await context.with(trace.setSpan(context.active(), span), () => send(config));
      const { headers, status } = response;
      span.setAttribute(ATTRIBUTES.status.name, status);
      span.setAttribute(ATTRIBUTES.requestId.name, String(headers["x-request-id"]));
      span.setAttribute(ATTRIBUTES.rateLimit.name, Number(headers["x-ratelimit-limit"]));
      span.setAttribute(ATTRIBUTES.rateLimitRemaining.name, Number(headers["x-ratelimit-remaining"]));
      span.setAttribute(ATTRIBUTES.rateLimitReset.name, Number(headers["x-ratelimit-reset"]));
      requests.inc({
        client,
        method: "GET",
        url_template: endpoint,
        status_code: String(status),
        error_code: "",
        retryable: "",
      });
      remaining.set({ client }, Number(headers["x-ratelimit-remaining"]));
      reset.set({ client }, Number(headers["x-ratelimit-reset"]));
      return response;
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR });
      throw error;
    } finally {
      duration.observe(
        { client, method: "GET", url_template: endpoint },
        (performance.now() - started) / 1000,
      );
      inFlight.dec({ client });
      span.end();
    }
  };
}

/** The instances that are compared: bare axios, the floor by hand, and ours. */
export function createVariants(): Record<"bare" | "floor" | "ours", AxiosInstance> {
  const ours = createInstance(answer);
  instrumentIntercom(ours, { registry: new Registry() });
  return { bare: createInstance(answer), floor: createInstance(measureByHand(new Registry(), answer)), ours };
}
