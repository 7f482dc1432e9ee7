import { setImmediate } from "node:timers/promises";
import { instrumentIntercom } from "@intercom-telemetry/axios";
import { METRICS } from "@intercom-telemetry/core/contract";
import { type DiagLogger, DiagLogLevel, diag, type Span, trace } from "@opentelemetry/api";
import type { AxiosInstance, AxiosResponse, InternalAxiosRequestConfig } from "axios";
import { Counter, Registry } from "prom-client";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { failureOf, startIntercom, startMeasuredApi } from "../support/measured-api.ts";
import { readRequests, readValue } from "../support/series.ts";
import { settle, stubAdapter } from "../support/stub-adapter.ts";
import { startTracing } from "../support/tracing.ts";
import { createInstance, NEWEST, TRANSPORTS } from "../support/transports.ts";

const INTERCOM = "https://api.intercom.io";

/** What OpenTelemetry's `diag` was told. */
function listenToDiag(): string[] {
  const said: string[] = [];
  const log = (message: string) => void said.push(message);
  const logger: DiagLogger = { error: log, warn: log, info: log, debug: log, verbose: log };
  diag.setLogger(logger, { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true });
  onTestFinished(() => diag.disable());
  return said;
}

/** Rejections that nobody has handled. */
function listenToRejections(): unknown[] {
  const unhandled: unknown[] = [];
  const listener = (reason: unknown) => void unhandled.push(reason);
  process.on("unhandledRejection", listener);
  onTestFinished(() => void process.off("unhandledRejection", listener));
  return unhandled;
}

const withoutAdapter = ({ adapter: _, ...rest }: InternalAxiosRequestConfig) => rest;

describe.each(TRANSPORTS)("$name", (transport) => {
  const compare = async (call: (api: AxiosInstance, url: string) => Promise<AxiosResponse>) => {
    const { api, simulator } = await startMeasuredApi(transport);
    const config = { baseURL: simulator.url, headers: { Authorization: "Bearer demo-token" } };
    const bare = createInstance(transport, config);
    return [await call(api, simulator.url), await call(bare, simulator.url)] as const;
  };

  it("the answer's configuration is what it is without us, the adapter apart", async () => {
    const query = { field: "email", operator: "=", value: "a@example.com" };
    const [ours, theirs] = await compare((api) =>
      api.post("/contacts/search", { query }, { params: { a: 1 }, timeout: 5000, maxRedirects: 3 }),
    );
    expect(withoutAdapter(ours.config)).toEqual(withoutAdapter(theirs.config));
    expect(Object.keys(ours.config)).toEqual(Object.keys(theirs.config));
    expect(Object.keys(ours).sort()).toEqual(Object.keys(theirs).sort());
    expect(ours.data).toEqual(theirs.data);
  });

  it("24: the rejection is the very error of axios, with everything axios puts on it", async () => {
    const seen: unknown[] = [];
    const run = (api: AxiosInstance) => {
      api.interceptors.response.use(undefined, (error) => {
        seen.push(error);
        return Promise.reject(error);
      });
      return failureOf(api.get("/contacts/none", { headers: { "X-Of-Caller": "1" } }));
    };
    const [ours, theirs] = await compare(run as never);
    const [error, bare] = [ours, theirs] as unknown as Awaited<ReturnType<typeof failureOf>>[];
    if (!error?.config || !bare?.config) throw new Error("expected two errors of axios");
    expect(seen).toEqual([error, bare]);
    expect(seen[0]).toBe(error);
    expect(error.isAxiosError).toBe(true);
    expect(transport.axios.isAxiosError(error)).toBe(true);
    expect(Object.getPrototypeOf(error)).toBe(Object.getPrototypeOf(bare));
    expect(Object.keys(error).sort()).toEqual(Object.keys(bare).sort());
    expect([error.name, error.message, error.code]).toEqual([bare.name, bare.message, bare.code]);
    expect(withoutAdapter(error.config)).toEqual(withoutAdapter(bare.config));
    expect(error.response?.config).toBe(error.config);
    expect(error.response?.data).toEqual({
      ...(bare.response?.data as object),
      request_id: expect.anything(),
    });
  });

  it("24: an adapter's own answer and own error come through untouched", async () => {
    const answer = { status: 200, statusText: "", headers: {}, data: { of: "caller" } };
    const thrown = Object.freeze({ not: "an error" });
    const { api } = await startMeasuredApi(transport, {
      axios: {
        transformResponse: [(data) => data],
        adapter: (config) =>
          config.url === "/me" ? Promise.resolve({ ...answer, config }) : Promise.reject(thrown),
      },
    });
    expect((await api.get("/me")).data).toBe(answer.data);
    expect(await failureOf(api.get("/admins"))).toBe(thrown);
    expect(await failureOf(api.get("/admins", { adapter: () => Promise.reject(undefined) }))).toBeUndefined();
  });

  it("25: frozen configurations and headers, shared by concurrent calls, are not touched", async () => {
    const { api, mismatches } = await startMeasuredApi(transport, {
      options: { propagateTraceContext: true },
    });
    const headers = Object.freeze({ "X-Of-Caller": "1" });
    const shared = Object.freeze({ headers, params: Object.freeze({ per_page: 1 }) });
    const before = JSON.stringify(shared);
    await Promise.all(["/me", "/admins", "/tags"].map((url) => api.get(url, shared)));
    expect(JSON.stringify(shared)).toBe(before);
    expect(Reflect.ownKeys(shared)).toEqual(["headers", "params"]);
    expect(await mismatches()).toEqual([]);
  });

  it("calls settle in the order in which their answers come", async () => {
    const order = async (instrument: boolean): Promise<string[]> => {
      const releases = new Map<string, () => void>();
      const api = createInstance(transport, {
        baseURL: INTERCOM,
        adapter: (config) =>
          new Promise((resolve, reject) => {
            const status = config.url === "/tags" ? 500 : 200;
            releases.set(String(config.url), () => void settle(config, { status }).then(resolve, reject));
          }),
      });
      if (instrument) instrumentIntercom(api, { registry: new Registry() });
      const settled: string[] = [];
      const note = (url: string) => () => void settled.push(url);
      const calls = ["/me", "/tags", "/admins"].map((url) => api.get(url).then(note(url), note(url)));
      await setImmediate();
      for (const url of ["/admins", "/tags", "/me"]) releases.get(url)?.();
      await Promise.all(calls);
      return settled;
    };
    expect(await order(true)).toEqual(await order(false));
    expect(await order(true)).toHaveLength(3);
  });

  it("27: detached, an instance is as it was, and others' interceptors still run", async () => {
    const ran: string[] = [];
    const note = (name: string) => (config: InternalAxiosRequestConfig) => {
      ran.push(name);
      return config;
    };
    const intercom = await startIntercom();
    const api = createInstance(transport, { baseURL: intercom.url });
    const adapter = api.defaults.adapter;
    api.interceptors.request.use(note("first"));
    const registry = new Registry();
    const { detach } = instrumentIntercom(api, { hosts: [intercom.url], registry });
    const second = api.interceptors.request.use(note("second"));
    detach();
    detach();
    expect(api.defaults.adapter).toBe(adapter);
    expect(Object.getOwnPropertySymbols(api)).toEqual([]);
    await failureOf(api.get("/me"));
    expect(ran.sort()).toEqual(["first", "second"]);
    api.interceptors.request.eject(second);
    await failureOf(api.get("/me"));
    expect(ran.length).toBe(3);
    expect(await readRequests(registry)).toEqual({});
  });

  it("27: an adapter that somebody put around ours stays, and passes requests on unmeasured", async () => {
    const { api, registry, detach, simulator } = await startMeasuredApi(transport);
    const ours = api.defaults.adapter as (config: InternalAxiosRequestConfig) => Promise<AxiosResponse>;
    let passed = 0;
    const around: typeof ours = (config) => {
      passed += 1;
      return ours(config);
    };
    api.defaults.adapter = around;
    await api.get("/me");
    detach();
    expect(api.defaults.adapter).toBe(around);
    await api.get("/me");
    expect(passed).toBe(2);
    expect(simulator.ledger.entries().length).toBe(2);
    expect(await readRequests(registry)).toEqual({ "GET /me 200": 1 });
  });

  it("27: a request on its way at detach is still recorded, its resend is not", async () => {
    const { api, registry, tracing, detach, simulator } = await startMeasuredApi(transport, {
      simulator: { latency: { minSeconds: 0.05, maxSeconds: 0.05 } },
    });
    const call = failureOf(api.get("/contacts/none"));
    await expect.poll(() => simulator.ledger.inFlight).toBe(1);
    detach();
    const { config } = await call;
    await failureOf(api.request({ ...config }));
    expect(tracing.spans().length).toBe(1);
    expect(await readRequests(registry)).toEqual({ "GET /contacts/{id} 404 not_found false": 1 });
    expect(await readValue(registry, "inFlight")).toBe(0);
  });

  it("detached and instrumented again, each request is counted once", async () => {
    const { api, registry, detach, simulator } = await startMeasuredApi(transport);
    detach();
    instrumentIntercom(api, { hosts: [simulator.url], registry });
    await api.get("/me");
    expect(await readRequests(registry)).toEqual({ "GET /me 200": 1 });
  });

  it("W7: a second copy of the package finds the first on the instance", async () => {
    const { api, registry, simulator, mismatches } = await startMeasuredApi(transport);
    vi.resetModules();
    const copy = await import("@intercom-telemetry/axios");
    expect(copy.instrumentIntercom).not.toBe(instrumentIntercom);
    copy.instrumentIntercom(api, { hosts: [simulator.url], registry });
    await api.get("/me");
    // One adapter that both copies could have wrapped.
    await api.get("/me", { adapter: api.defaults.adapter as never });
    expect(await readRequests(registry)).toEqual({ "GET /me 200": 2 });
    expect(await mismatches()).toEqual([]);
  });
});

it("23: a callback that throws, rejects, or returns a broken thenable is counted, and nobody notices", async () => {
  const unhandled = listenToRejections();
  const said = listenToDiag();
  const thenable = {
    // biome-ignore lint/suspicious/noThenProperty: a promise of another library
    then(_: unknown, onRejected?: (reason: unknown) => void) {
      onRejected?.(new Error("a@example.com"));
    },
  };
  const answers = [
    () => {
      throw new Error("a@example.com");
    },
    () => Promise.reject(new Error("a@example.com")),
    () => thenable as never,
  ];
  const registry = new Registry();
  for (const onOutcome of answers) {
    const api = createInstance(NEWEST, { baseURL: INTERCOM, adapter: stubAdapter() });
    instrumentIntercom(api, { registry, onOutcome });
    expect((await api.get("/me")).status).toBe(200);
  }
  await setImmediate();
  expect(unhandled).toEqual([]);
  expect(await readValue(registry, "failures", { stage: "on_outcome" })).toBe(3);
  expect(said.length).toBe(3);
  expect(said.join()).not.toContain("example.com");
});

it("23: each stage says so once, however often it fails", async () => {
  const said = listenToDiag();
  const registry = new Registry();
  const api = createInstance(NEWEST, { baseURL: INTERCOM, adapter: stubAdapter() });
  const onOutcome = () => {
    throw new TypeError("no");
  };
  instrumentIntercom(api, { registry, onOutcome });
  for (let call = 0; call < 5; call += 1) await api.get("/me");
  expect(said).toEqual([
    "intercom-telemetry: recording failed in stage on_outcome (TypeError); the request was not affected",
  ]);
  expect(await readValue(registry, "failures", { stage: "on_outcome" })).toBe(5);
});

it.each(["startSpan", "setAttribute", "setStatus", "end", "isRecording", "spanContext"])(
  "23: a tracer whose %s throws costs the span, not the metrics and not the call",
  async (method) => {
    const explode = () => {
      throw new Error("tracer");
    };
    const span = {
      spanContext: () => ({ traceId: "1", spanId: "2", traceFlags: 1 }),
      isRecording: () => true,
      setAttribute: () => span,
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

it("23: a provider that throws when asked for a tracer is survived", async () => {
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

it("23: a registry that begins to throw costs the metrics, not the span and not the call", async () => {
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

it("23: a counter that throws costs its own number only", async () => {
  const tracing = startTracing();
  const registry = new Registry();
  const { name, help, labels } = METRICS.requests;
  const counter = new Counter({ name, help, labelNames: labels, registers: [registry] });
  const api = createInstance(NEWEST, { baseURL: INTERCOM, adapter: stubAdapter() });
  instrumentIntercom(api, { registry });
  await api.get("/me");
  counter.inc = () => {
    throw new Error("counter");
  };
  expect((await api.get("/me")).status).toBe(200);
  expect(tracing.spans().length).toBe(2);
  expect(await readValue(registry, "inFlight")).toBe(0);
  expect(await readValue(registry, "failures", { stage: "metrics" })).toBe(1);
});

it("23: answers that throw when they are looked at come through untouched", async () => {
  const hostile = () =>
    new Proxy({} as AxiosResponse, {
      get: (_, key) => {
        if (key === "then") return undefined;
        throw new Error(String(key));
      },
      has: () => true,
    });
  const answer = hostile();
  const registry = new Registry();
  const api = createInstance(NEWEST, { baseURL: INTERCOM, adapter: () => Promise.reject(answer) });
  instrumentIntercom(api, { registry, spans: false });
  const caught = await new Promise((resolve) => {
    const adapter = api.defaults.adapter as (config: object) => Promise<unknown>;
    adapter({ url: "/me", baseURL: INTERCOM, method: "get" }).catch(resolve);
  });
  expect(caught === answer).toBe(true);
  expect(await readRequests(registry)).toEqual({ "GET /me network_error true": 1 });
  expect(await readValue(registry, "inFlight")).toBe(0);
});

it("23: a request configuration that throws when it is looked at takes its course", async () => {
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

it("23: no rejection is left unhandled, whatever the calls end with", async () => {
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
