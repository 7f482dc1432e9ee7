import { setImmediate } from "node:timers/promises";
import { instrumentIntercom } from "@intercom-telemetry/axios";
import { type Span, trace } from "@opentelemetry/api";
import type { AxiosResponse } from "axios";
import { Registry } from "prom-client";
import { expect, it, onTestFinished, vi } from "vitest";
import { listenToDiag } from "../support/listen-to-diag.ts";
import { failureOf, startMeasuredApi } from "../support/measured-api.ts";
import { readRequests, readValue } from "../support/series.ts";
import { settle, stubAdapter } from "../support/stub-adapter.ts";
import { startTracing } from "../support/tracing.ts";
import { createInstance, NEWEST } from "../support/transports.ts";

const INTERCOM = "https://api.intercom.io";

/** Rejections that nobody has handled. */
function listenToRejections(): unknown[] {
  const unhandled: unknown[] = [];
  const listener = (reason: unknown) => void unhandled.push(reason);
  process.on("unhandledRejection", listener);
  onTestFinished(() => void process.off("unhandledRejection", listener));
  return unhandled;
}

it("a callback that throws, rejects, or returns a broken thenable is counted, and nobody notices", async () => {
  const unhandled = listenToRejections();
  const logged = listenToDiag();
  const thenable = {
    // biome-ignore lint/suspicious/noThenProperty: a promise of another library
    then(_: unknown, onRejected?: (reason: unknown) => void) {
      onRejected?.(new Error("a@example.com"));
    },
  };
  const callbacks = [
    () => {
      throw new Error("a@example.com");
    },
    () => Promise.reject(new Error("a@example.com")),
    () => thenable as never,
  ];
  const registry = new Registry();
  for (const onOutcome of callbacks) {
    const api = createInstance(NEWEST, { baseURL: INTERCOM, adapter: stubAdapter() });
    instrumentIntercom(api, { registry, onOutcome });
    expect((await api.get("/me")).status).toBe(200);
  }
  await setImmediate();
  expect(unhandled).toEqual([]);
  expect(await readValue(registry, "failures", { stage: "on_outcome" })).toBe(3);
  expect(logged.length).toBe(3);
  expect(logged.join()).not.toContain("example.com");
});

it("each stage says so once, however often it fails", async () => {
  const logged = listenToDiag();
  const registry = new Registry();
  const api = createInstance(NEWEST, { baseURL: INTERCOM, adapter: stubAdapter() });
  const onOutcome = () => {
    throw new TypeError("no");
  };
  instrumentIntercom(api, { registry, onOutcome });
  for (let call = 0; call < 5; call += 1) await api.get("/me");
  expect(logged).toEqual([
    "intercom-telemetry: recording failed in stage on_outcome; the request was not affected (TypeError)",
  ]);
  expect(await readValue(registry, "failures", { stage: "on_outcome" })).toBe(5);
});

it.each(["startSpan", "setAttributes", "setStatus", "end", "isRecording", "spanContext"])(
  "a tracer whose %s throws costs the span, not the metrics and not the call",
  async (method) => {
    const explode = () => {
      throw new Error("tracer");
    };
    const span = {
      spanContext: () => ({ traceId: "1", spanId: "2", traceFlags: 1 }),
      isRecording: () => true,
      setAttributes: () => span,
      setStatus: () => span,
      end: () => undefined,
    } as unknown as Span;
    const tracer = { startSpan: () => span, [method]: explode };
    if (method !== "startSpan") Object.assign(span, { [method]: explode });
    trace.setGlobalTracerProvider({ getTracer: () => tracer as never });
    onTestFinished(() => trace.disable());
    const registry = new Registry();
    const adapter = stubAdapter({ status: 500 });
    const api = createInstance(NEWEST, { baseURL: INTERCOM, adapter });
    instrumentIntercom(api, { registry });
    expect((await failureOf(api.get("/me"))).response?.status).toBe(500);
    expect(await readRequests(registry)).toEqual({ "GET /me 500 server_error true": 1 });
    expect(await readValue(registry, "failures", { stage: "span" })).toBe(1);
    expect(await readValue(registry, "inFlight")).toBe(0);
  },
);

it("a provider that throws when asked for a tracer is survived", async () => {
  trace.setGlobalTracerProvider({
    getTracer: () => {
      throw new Error("provider");
    },
  });
  onTestFinished(() => trace.disable());
  const registry = new Registry();
  const api = createInstance(NEWEST, { baseURL: INTERCOM, adapter: stubAdapter() });
  instrumentIntercom(api, { registry });
  await api.get("/me");
  expect(await readValue(registry, "failures", { stage: "span" })).toBe(1);
});

it("a registry that begins to throw costs the metrics, not the span and not the call", async () => {
  const tracing = startTracing();
  const registry = new Registry();
  const api = createInstance(NEWEST, { baseURL: INTERCOM, adapter: stubAdapter() });
  instrumentIntercom(api, { registry });
  const broken = vi.spyOn(registry, "getSingleMetric").mockImplementation(() => {
    throw new Error("registry");
  });
  expect((await api.get("/me")).status).toBe(200);
  broken.mockRestore();
  expect(tracing.spans().length).toBe(1);
  expect(await readValue(registry, "failures", { stage: "metrics" })).toBe(1);
});

it("responses that throw when they are looked at come through untouched", async () => {
  const hostile = () =>
    new Proxy({} as AxiosResponse, {
      get: (_, key) => {
        if (key === "then") return undefined;
        throw new Error(String(key));
      },
      has: () => true,
    });
  const rejection = hostile();
  const registry = new Registry();
  const api = createInstance(NEWEST, { baseURL: INTERCOM, adapter: () => Promise.reject(rejection) });
  instrumentIntercom(api, { registry, spans: false });
  const caught = await new Promise((resolve) => {
    const adapter = api.defaults.adapter as (config: object) => Promise<unknown>;
    adapter({ url: "/me", baseURL: INTERCOM, method: "get" }).catch(resolve);
  });
  expect(caught === rejection).toBe(true);
  expect(await readRequests(registry)).toEqual({ "GET /me network_error true": 1 });
  expect(await readValue(registry, "inFlight")).toBe(0);
});

it("a request configuration that throws when it is looked at takes its course", async () => {
  const registry = new Registry();
  const sent: unknown[] = [];
  const api = createInstance(NEWEST, {
    adapter: (config) => {
      sent.push(config);
      return settle({ validateStatus: null } as never, {});
    },
  });
  instrumentIntercom(api, { registry });
  const config = {
    get url(): string {
      throw new Error("url");
    },
  };
  await (api.defaults.adapter as (config: object) => Promise<unknown>)(config);
  expect(sent).toEqual([config]);
  expect(await readValue(registry, "failures", { stage: "start" })).toBe(1);
});

it("no rejection is left unhandled, whatever the calls end with", async () => {
  const unhandled = listenToRejections();
  const { api } = await startMeasuredApi(NEWEST, {
    simulator: { script: { rules: [{ match: { path: "/me" }, action: { kind: "reset" } }] } },
  });
  await Promise.allSettled([
    api.get("/me"),
    api.get("/contacts/none"),
    api.get("/admins", { signal: AbortSignal.timeout(1) }),
    api.get("/tags", { responseType: "stream" }),
  ]);
  await setImmediate();
  expect(unhandled).toEqual([]);
});
