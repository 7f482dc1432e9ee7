import { createRequire } from "node:module";
import { instrumentIntercom } from "@intercom-telemetry/axios";
import { METRICS } from "@intercom-telemetry/core/contract";
import { Counter, Gauge, Registry, register } from "prom-client";
import { afterEach, describe, expect, it, vi } from "vitest";
import { readRequests } from "../support/series.ts";
import { stubAdapter } from "../support/stub-adapter.ts";
import { startTracing } from "../support/tracing.ts";
import { createInstance, NEWEST } from "../support/transports.ts";

const createApi = () =>
  createInstance(NEWEST, { baseURL: "https://api.intercom.io", adapter: stubAdapter() });

/** The message with which an option is refused. */
function refusalOf(options: unknown): string {
  try {
    instrumentIntercom(createApi(), options as never);
  } catch (error) {
    expect(error).toBeInstanceOf(TypeError);
    return (error as TypeError).message;
  }
  return "taken";
}

const LONG = "x".repeat(101);

describe("a wrong option is refused with its name, what was expected, and what came", () => {
  it.each<[unknown, string]>([
    [null, "options: expected an object, got null"],
    ["client", "options: expected an object, got a string of 6 characters"],
    [{ client: "" }, "client: expected a name of 1 to 100 characters, got an empty string"],
    [{ client: 7 }, "client: expected a name of 1 to 100 characters, got 7"],
    [{ client: LONG }, "client: expected a name of 1 to 100 characters, got a string of 101 characters"],
    [{ hosts: "proxy" }, "hosts: expected an array of host names, got a string of 5 characters"],
    [{ hosts: ["ok", 1] }, 'hosts[1]: expected "host", "host:port" or a URL without query, got 1'],
    [{ hosts: [""] }, 'hosts[0]: expected "host", "host:port" or a URL without query, got an empty string'],
    [
      { hosts: ["x:99999"] },
      'hosts[0]: expected "host", "host:port" or a URL without query, got a string of 7 characters',
    ],
    [
      { hosts: ["ftp://x"] },
      'hosts[0]: expected "host", "host:port" or a URL without query, got a string of 7 characters',
    ],
    [{ registry: true }, "registry: expected a prom-client Registry or false, got true"],
    [{ registry: {} }, "registry: expected a prom-client Registry or false, got an object"],
    [
      { registry: { registerMetric: () => undefined, getSingleMetric: () => undefined } },
      "registry: expected a prom-client Registry or false, got an object",
    ],
    [{ spans: "yes" }, "spans: expected a boolean, got a string of 3 characters"],
    [{ httpSpans: "hide" }, 'httpSpans: expected "nest" or "suppress", got a string of 4 characters'],
    [{ httpSpans: true }, 'httpSpans: expected "nest" or "suppress", got true'],
    [{ propagateTraceContext: 1 }, "propagateTraceContext: expected a boolean, got 1"],
    [{ expectedStatuses: 404 }, "expectedStatuses: expected an array of statuses, got 404"],
    [
      { expectedStatuses: [404, 200] },
      "expectedStatuses[1]: expected a whole number from 400 to 599, got 200",
    ],
    [
      { expectedStatuses: ["404"] },
      'expectedStatuses[0]: expected a whole number from 400 to 599, got "404"',
    ],
    [{ onOutcome: {} }, "onOutcome: expected a function, got an object"],
  ])("%o", (options, message) => {
    expect(refusalOf(options)).toBe(message);
  });
});

it("an unknown option is refused by name, together with the ones that there are", () => {
  expect(refusalOf({ cleint: "a" })).toMatch(/^options: expected only client, hosts, .*onOutcome.*"cleint"$/);
});

it.each([null, undefined, 1, {}, () => undefined, { defaults: {}, interceptors: {} }])(
  "what is no axios instance is refused (%o)",
  (instance) => {
    expect(() => instrumentIntercom(instance as never, {})).toThrow(
      /^instance: expected .*axios.*got (null|undefined|number|object|function)$/,
    );
  },
);

it("a refused option leaves the instance as it was", () => {
  const api = createApi();
  const { adapter } = api.defaults;
  expect(() => instrumentIntercom(api, { spans: 1 } as never)).toThrow(TypeError);
  expect(api.defaults.adapter).toBe(adapter);
  expect(Object.getOwnPropertySymbols(api)).toEqual([]);
});

it.each([
  new Counter({ name: METRICS.requests.name, help: "mine", labelNames: ["route"], registers: [] }),
  new Gauge({
    name: METRICS.requests.name,
    help: "mine",
    labelNames: METRICS.requests.labels,
    registers: [],
  }),
])("a registry that has one of the names with something else is refused with the metric's name", (metric) => {
  const registry = new Registry();
  registry.registerMetric(metric as never);
  expect(() => instrumentIntercom(createApi(), { registry })).toThrow(
    /^registry: expected metric intercom_client_requests_total to be a counter with labels \[client, .*\], but it is registered as a (counter|gauge) with labels \[.*\]$/,
  );
});

describe("the registry's default", () => {
  afterEach(() => register.clear());

  it("is prom-client's global one", async () => {
    const api = createApi();
    instrumentIntercom(api);
    await api.get("/me");
    expect(await readRequests(register)).toEqual({ "GET /me 200": 1 });
  });

  it("is no metrics where prom-client is not installed; a registry given all the same is refused", async () => {
    vi.resetModules();
    vi.doMock("node:module", () => ({
      createRequire: (from: string) => {
        const load = createRequire(from);
        return Object.assign((name: string) => {
          if (name === "prom-client")
            throw Object.assign(new Error("not found"), { code: "MODULE_NOT_FOUND" });
          return load(name);
        }, load);
      },
    }));
    const fresh = await import("@intercom-telemetry/axios");
    vi.doUnmock("node:module");
    const tracing = startTracing();
    const api = createApi();
    fresh.instrumentIntercom(api);
    await api.get("/me");
    expect(tracing.spans().map(({ name }) => name)).toEqual(["GET /me"]);
    expect(await register.getMetricsAsJSON()).toEqual([]);
    expect(() => fresh.instrumentIntercom(createApi(), { registry: new Registry() })).toThrow(
      "registry: expected prom-client to be installed beside the registry, but it was not found",
    );
  });
});

it("onOutcome gets the outcome and the plain facts, once for each request", async () => {
  const seen: unknown[] = [];
  const api = createApi();
  const onOutcome = (...both: unknown[]) => void seen.push(both);
  instrumentIntercom(api, { client: "eu", onOutcome });
  await api.get("/contacts/1", { headers: { "Intercom-Version": "2.11" } });
  expect(seen).toEqual([
    [
      expect.objectContaining({
        client: "eu",
        method: "GET",
        urlTemplate: "/contacts/{id}",
        status: 200,
        canceled: false,
        requestId: "b68959ea6328bc4a8f9a",
        rateLimit: expect.objectContaining({ limit: 1667, remaining: 1600 }),
        apiVersion: "2.11",
        retryCount: 0,
      }),
      expect.objectContaining({
        url: "https://api.intercom.io/contacts/1",
        attempt: 1,
        status: 200,
        body: "{}",
      }),
    ],
  ]);
});
