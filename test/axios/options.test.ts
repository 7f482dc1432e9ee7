import { instrumentIntercom } from "@intercom-telemetry/axios";
import { METRICS } from "@intercom-telemetry/core/contract";
import { Counter, Gauge, Registry, register } from "prom-client";
import { describe, expect, it } from "vitest";
import { listenToDiag } from "../support/listen-to-diag.ts";
import { listenToWarnings } from "../support/listen-to-warnings.ts";
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
    [{ client: "" }, "client: expected a name of 1 to 100 characters or a function, got an empty string"],
    [{ client: 7 }, "client: expected a name of 1 to 100 characters or a function, got 7"],
    [
      { client: LONG },
      "client: expected a name of 1 to 100 characters or a function, got a string of 101 characters",
    ],
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
    [{ registry: true }, "registry: expected a prom-client Registry, such as its `register`, got true"],
    [{ registry: {} }, "registry: expected a prom-client Registry, such as its `register`, got an object"],
    [
      { registry: { registerMetric: () => undefined, getSingleMetric: () => undefined } },
      "registry: expected a prom-client Registry, such as its `register`, got an object",
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
    [[], "options: expected an object, got an array of 0"],
    [{ client: null }, "client: expected a name of 1 to 100 characters or a function, got null"],
    [{ hosts: null }, "hosts: expected an array of host names, got null"],
    [{ onOutcome: {} }, "onOutcome: expected a function, got an object"],
  ])("%o", (options, message) => {
    expect(refusalOf(options)).toBe(message);
  });
});

it("an unknown option is refused by name, together with the ones that there are", () => {
  expect(refusalOf({ cleint: "a" })).toMatch(/^options: expected only client, hosts, .*onOutcome.*"cleint"$/);
});

it.each([null, undefined, 1, "axios", Symbol("x")])(
  "what is not an object is refused as an instance (%o)",
  (instance) => {
    expect(() => instrumentIntercom(instance as never, {})).toThrow(
      /^instance: expected axios, .*, got (null|undefined|number|string|symbol)/,
    );
  },
);

it("the official SDK without an axios inside is refused with the package that serves it", () => {
  const { axiosInstance } = {} as { axiosInstance?: never };
  expect(() => instrumentIntercom(axiosInstance as never)).toThrow("see @intercom-telemetry/fetch");
});

it.each([{}, () => undefined, { defaults: {}, interceptors: {} }, { get: () => undefined }])(
  "a mock that lacks what an instance has is left alone, with one warning (%o)",
  async (mock) => {
    const warnings = listenToWarnings();
    const keys = Reflect.ownKeys(mock);
    const handle = instrumentIntercom(mock as never, {});
    handle.detach();
    expect(Reflect.ownKeys(mock)).toEqual(keys);
    expect(await warnings()).toEqual(["INTERCOM_TELEMETRY_INSTANCE"]);
  },
);

it("a base URL that is not Intercom's is worth a hint that names `hosts`", async () => {
  const warnings = listenToWarnings();
  const gateway = createInstance(NEWEST, { baseURL: "https://gateway.example/intercom" });
  instrumentIntercom(gateway);
  expect(await warnings()).toEqual(["INTERCOM_TELEMETRY_HOSTS"]);
});

it.each([
  ["of Intercom's", { baseURL: "https://api.eu.intercom.io" }, {}],
  ["in hosts", { baseURL: "https://gateway.example/intercom/" }, { hosts: ["gateway.example/intercom"] }],
  ["absent", {}, {}],
  ["relative", { baseURL: "/intercom" }, {}],
])("a base URL that is %s is worth no hint", async (_, defaults, options) => {
  const warnings = listenToWarnings();
  instrumentIntercom(createInstance(NEWEST, defaults), options);
  expect(await warnings()).toEqual([]);
});

it("other options for an instance that is instrumented already are reported, equal ones are not", () => {
  const lines = listenToDiag();
  const api = createApi();
  const first = instrumentIntercom(api, { client: "a" });
  expect(instrumentIntercom(api, { client: "a" })).toBe(first);
  expect(lines).toEqual([]);
  expect(instrumentIntercom(api, { client: "b" })).toBe(first);
  expect(lines).toEqual([expect.stringContaining("instrumented already")]);
});

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
    /^registry: expected metric intercom_client_requests_total to be this version's own counter with labels \[client, .*\], but other code has registered a (counter|gauge) with labels \[.*\]$/,
  );
});

it("without a registry there are no Prometheus metrics, in no registry", async () => {
  const tracing = startTracing();
  const api = createApi();
  instrumentIntercom(api);
  await api.get("/me");
  expect(tracing.spans().map(({ name }) => name)).toEqual(["GET /me"]);
  expect(await register.getMetricsAsJSON()).toEqual([]);
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
      {
        method: "get",
        url: "https://api.intercom.io/contacts/1",
        ending: expect.objectContaining({ status: 200, body: "{}" }),
      },
    ],
  ]);
});

it.each<[string, (api: ReturnType<typeof createApi>) => void]>([
  ["instance", (api) => Object.freeze(api)],
  ["defaults", ({ defaults }) => Object.freeze(defaults)],
  ["interceptors", ({ interceptors }) => Object.freeze(interceptors.request)],
])("an instance whose %s cannot be written to is refused, and left as it is", (_, freeze) => {
  const api = createApi();
  const { adapter } = api.defaults;
  freeze(api);
  expect(() => instrumentIntercom(api, {})).toThrow(/^instance: expected axios.*, got one that is frozen$/);
  expect(api.defaults.adapter).toBe(adapter);
});
