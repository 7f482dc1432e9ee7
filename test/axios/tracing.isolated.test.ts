import { instrumentIntercom } from "@intercom-telemetry/axios";
import { context, propagation, SpanKind, trace } from "@opentelemetry/api";
import { core } from "@opentelemetry/sdk-node";
import { AlwaysOffSampler, type Sampler, SamplingDecision } from "@opentelemetry/sdk-trace-base";
import { Registry } from "prom-client";
import { describe, expect, it, vi } from "vitest";
import { redactUrl } from "../../packages/core/src/classify/redact-url.ts";
import { failureOf, startIntercom, startMeasuredApi } from "../support/measured-api.ts";
import { readRequests, readValue } from "../support/series.ts";
import { attributesOf } from "../support/spans.ts";
import { stubAdapter } from "../support/stub-adapter.ts";
import { startTracing } from "../support/tracing.ts";
import { createInstance, NEWEST, TRANSPORTS } from "../support/transports.ts";

vi.mock("../../packages/core/src/classify/redact-url.ts", { spy: true });

const { suppressTracing, W3CTraceContextPropagator } = core;

/** An instrumented instance whose adapter responds by itself. */
function startStub(options = {}) {
  const registry = new Registry();
  const api = createInstance(NEWEST, { baseURL: "https://api.intercom.io", adapter: stubAdapter() });
  return { api, registry, ...instrumentIntercom(api, { registry, ...options }) };
}

/** A sampler that keeps what it saw. */
function createWatchingSampler(decision: SamplingDecision) {
  const seen: { name: string; kind: SpanKind; attributes: object }[] = [];
  const sampler: Sampler = {
    shouldSample: (_context, _traceId, name, kind, attributes) => {
      seen.push({ name, kind, attributes });
      return { decision };
    },
    toString: () => "watching",
  };
  return { sampler, seen };
}

describe.each(TRANSPORTS)("$name", (transport) => {
  it("the span is a child of the caller's", async () => {
    const { api, tracing } = await startMeasuredApi(transport);
    const tracer = trace.getTracer("caller");
    await tracer.startActiveSpan("work", async (span) => {
      await api.get("/me");
      span.end();
    });
    const [ours, callers] = tracing.spans();
    expect(ours?.parentSpanContext?.spanId).toBe(callers?.spanContext().spanId);
  });

  it("a caller under suppressed tracing gets no span and no recursion, but is counted", async () => {
    const { api, tracing, registry } = await startMeasuredApi(transport);
    await context.with(suppressTracing(context.active()), () => api.get("/me"));
    expect(tracing.spans()).toEqual([]);
    expect(await readRequests(registry)).toEqual({ "GET /me 200": 1 });
  });

  it("trace context is not sent to Intercom unless it is asked for", async () => {
    const { api, simulator } = await startMeasuredApi(transport);
    propagation.setGlobalPropagator(new W3CTraceContextPropagator());
    await api.get("/me");
    expect(simulator.ledger.entries()[0]).not.toHaveProperty("traceparent");
  });

  it("trace context that is asked for names our span, a new one for each attempt", async () => {
    const { api, simulator, tracing } = await startMeasuredApi(transport, {
      options: { propagateTraceContext: true },
      simulator: { script: { rules: [{ times: 1, action: { kind: "empty", status: 503 } }] } },
    });
    propagation.setGlobalPropagator(new W3CTraceContextPropagator());
    const { config } = await failureOf(api.get("/me"));
    await api.request({ ...config });
    const sent = simulator.ledger.entries().map(({ traceparent }) => traceparent?.split("-")[2]);
    expect(sent).toEqual(tracing.spans().map((span) => span.spanContext().spanId));
    expect(attributesOf(tracing.spans()[1])).toMatchObject({ retryCount: 1 });
  });

  it("baggage, which holds the caller's values, is never sent, nor a header that could not be", async () => {
    const { api, simulator } = await startMeasuredApi(transport, {
      options: { propagateTraceContext: true },
    });
    propagation.setGlobalPropagator({
      inject: (_, carrier) =>
        Object.assign(carrier as object, {
          traceparent: "line\nbreak",
          tracestate: "a=b",
          baggage: "user.email=ann@example.com",
        }),
      extract: (active) => active,
      fields: () => ["traceparent", "tracestate", "baggage"],
    });
    const { config } = await api.get("/me");
    expect(config.headers.get?.("tracestate") ?? (config.headers as { tracestate?: string }).tracestate).toBe(
      "a=b",
    );
    expect(JSON.stringify(config.headers)).not.toContain("baggage");
    expect(simulator.ledger.entries()[0]).not.toHaveProperty("traceparent");
  });

  it("a traceparent that the caller has set is not overwritten", async () => {
    const { api, simulator } = await startMeasuredApi(transport, {
      options: { propagateTraceContext: true },
    });
    propagation.setGlobalPropagator(new W3CTraceContextPropagator());
    const traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    for (const name of ["traceparent", "TraceParent"]) {
      await api.get("/me", { headers: { [name]: traceparent } });
    }
    expect(simulator.ledger.entries().map((entry) => entry.traceparent)).toEqual([traceparent, traceparent]);
  });
});

it("under suppressed tracing the tracer is not even asked", async () => {
  startTracing();
  const { api, registry } = startStub();
  await api.get("/me");
  vi.mocked(redactUrl).mockClear();
  await context.with(suppressTracing(context.active()), () => api.get("/contacts/1?email=a@example.com"));
  expect(redactUrl).not.toHaveBeenCalled();
  expect(await readRequests(registry)).toEqual({ "GET /me 200": 1, "GET /contacts/{id} 200": 1 });
});

it("a trace that is sampled out gets no attributes of the response, and is counted", async () => {
  const tracing = startTracing({ sampler: new AlwaysOffSampler() });
  const { api, registry } = startStub();
  const unrecorded = Object.getPrototypeOf(trace.getTracer("any").startSpan("any"));
  const setAttribute = vi.spyOn(unrecorded, "setAttribute");
  await api.get("/me");
  expect(setAttribute).not.toHaveBeenCalled();
  setAttribute.mockRestore();
  expect(tracing.spans()).toEqual([]);
  expect(await readRequests(registry)).toEqual({ "GET /me 200": 1 });
  expect(await readValue(registry, "duration", {}, "_count")).toBe(1);
});

it("samplers see the method, the address and the redacted URL", async () => {
  const { sampler, seen } = createWatchingSampler(SamplingDecision.RECORD_AND_SAMPLED);
  startTracing({ sampler });
  await startStub().api.get("/contacts/1?email=a@example.com");
  expect(seen).toEqual([
    {
      name: "GET /contacts/{id}",
      kind: SpanKind.CLIENT,
      attributes: {
        "http.request.method": "GET",
        "server.address": "api.intercom.io",
        "server.port": 443,
        "url.full": "https://api.intercom.io/contacts/1?email=REDACTED",
        "url.template": "/contacts/{id}",
        "intercom.client.name": "default",
      },
    },
  ]);
});

it("without an SDK the URL is not even redacted", async () => {
  const { api, registry } = startStub();
  vi.mocked(redactUrl).mockClear();
  await api.get("/contacts/1?email=a@example.com");
  expect(redactUrl).not.toHaveBeenCalled();
  startTracing();
  await api.get("/contacts/1?email=a@example.com");
  expect(redactUrl).toHaveBeenCalledOnce();
  expect(await readRequests(registry)).toEqual({ "GET /contacts/{id} 200": 2 });
});

it("an SDK that is registered after the instrumentation is used from then on, and let go when it goes", async () => {
  const { api } = startStub();
  await api.get("/me");
  const tracing = startTracing();
  await api.get("/me");
  expect(tracing.spans().length).toBe(1);
  trace.disable();
  await api.get("/me");
  expect(tracing.spans().length).toBe(1);
});

it("without a context manager the call runs, and its span is a root", async () => {
  const tracing = startTracing({ contextManager: false });
  const { api } = startStub();
  expect((await api.get("/me")).status).toBe(200);
  expect(tracing.spans()[0]?.parentSpanContext).toBeUndefined();
});

it("spans: false makes none counts nothing", async () => {
  const tracing = startTracing();
  const quiet = startStub({ spans: false });
  await quiet.api.get("/me");
  expect(tracing.spans()).toEqual([]);
  expect(await readRequests(quiet.registry)).toEqual({ "GET /me 200": 1 });
  const uncounted = new Registry();
  const api = createInstance(NEWEST, { baseURL: "https://api.intercom.io", adapter: stubAdapter() });
  instrumentIntercom(api, {});
  await api.get("/me");
  expect(tracing.spans().length).toBe(1);
  expect(await uncounted.getMetricsAsJSON()).toEqual([]);
});

it("an expected status leaves the span unset, and is counted as always", async () => {
  const { api, tracing, registry, mismatches } = await startMeasuredApi(NEWEST, {
    options: { expectedStatuses: [404] },
  });
  await failureOf(api.get("/contacts/none"));
  expect(tracing.spans()[0]?.status).toEqual({ code: 0 });
  expect(attributesOf(tracing.spans()[0])).toMatchObject({ status: 404, errorCode: "not_found" });
  expect(attributesOf(tracing.spans()[0])).not.toHaveProperty("errorType");
  expect(await readRequests(registry)).toEqual({ "GET /contacts/{id} 404 not_found false": 1 });
  expect(await mismatches()).toEqual([]);
});

it("a method that HTTP does not define is _OTHER, and HTTP in the span's name", async () => {
  const { api, tracing, registry, mismatches } = await startMeasuredApi(NEWEST);
  await failureOf(api.request({ method: "PURGE", url: "/contacts/1" }));
  expect(tracing.spans()[0]?.name).toBe("HTTP");
  expect(attributesOf(tracing.spans()[0])).toMatchObject({ method: "_OTHER" });
  expect(await readRequests(registry)).toEqual({ "_OTHER unmatched 404 not_found false": 1 });
  expect(await mismatches()).toEqual([]);
});

it("durations are seconds, on the span and in the histogram", async () => {
  const intercom = await startIntercom({ latency: { minSeconds: 0.1, maxSeconds: 0.1 } });
  const tracing = startTracing();
  const api = createInstance(NEWEST, { baseURL: intercom.url });
  const registry = new Registry();
  instrumentIntercom(api, { hosts: [intercom.url], registry });
  await failureOf(api.get("/me"));
  const [seconds, nanoseconds] = tracing.spans()[0]?.duration ?? [0, 0];
  const spanSeconds = seconds + nanoseconds / 1e9;
  const countedSeconds = await readValue(registry, "duration", {}, "_sum");
  expect(spanSeconds).toBeGreaterThan(0.09);
  expect(spanSeconds).toBeLessThan(5);
  expect(countedSeconds).toBeGreaterThan(0.09);
  expect(countedSeconds).toBeLessThan(5);
});
