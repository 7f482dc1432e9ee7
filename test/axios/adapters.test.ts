import { instrumentIntercom } from "@intercom-telemetry/axios";
import type { AxiosInstance } from "axios";
import { Registry } from "prom-client";
import { describe, expect, it } from "vitest";
import { failureOf, startIntercom, startMeasuredApi } from "../support/measured-api.ts";
import { readRequests, readValue } from "../support/series.ts";
import { expectSpan } from "../support/spans.ts";
import { stubAdapter } from "../support/stub-adapter.ts";
import { startTracing } from "../support/tracing.ts";
import { createInstance, NEWEST, TRANSPORTS, TRANSPORTS_FROM_1 } from "../support/transports.ts";

describe.each(TRANSPORTS)("$name", (transport) => {
  it("an adapter set for one request is measured", async () => {
    const { api, registry } = await startMeasuredApi(transport);
    await api.get("/me", { adapter: stubAdapter() });
    expect(await readRequests(registry)).toEqual({ "GET /me 200": 1 });
  });

  it("an adapter that replaces the default one later is measured", async () => {
    const { api, registry } = await startMeasuredApi(transport);
    api.defaults.adapter = stubAdapter();
    await api.get("/me");
    await api.get("/me");
    expect(await readRequests(registry)).toEqual({ "GET /me 200": 2 });
  });

  it("instrumenting one instance twice counts once and returns the first handle", async () => {
    const intercom = await startIntercom();
    const api = createInstance(transport, { baseURL: intercom.url });
    const registry = new Registry();
    const first = instrumentIntercom(api, { hosts: [intercom.url], registry });
    expect(instrumentIntercom(api, { hosts: [intercom.url], registry })).toBe(first);
    await failureOf(api.get("/me"));
    expect(await readRequests(registry)).toEqual({ "GET /me 401 unauthorized false": 1 });
  });

  it("instances made by create() are measured too, and their own name replaces the parent's", async () => {
    const { api, registry, simulator, mismatches } = await startMeasuredApi(transport);
    const child = (api as typeof api & { create: typeof transport.axios.create }).create({
      headers: { Authorization: "Bearer demo-token" } as never,
    });
    await child.get("/me");
    expect(await readValue(registry, "requests", { client: "default", status_code: "200" })).toBe(1);
    instrumentIntercom(child, { client: "child", registry, hosts: [simulator.url] });
    await child.get("/me");
    expect(await readValue(registry, "requests", { client: "default", status_code: "200" })).toBe(1);
    expect(await readValue(registry, "requests", { client: "child", status_code: "200" })).toBe(1);
    expect(await mismatches()).toEqual([]);
  });

  it("response interceptors that unwrap the response take nothing away", async () => {
    const { api, mismatches } = await startMeasuredApi(transport, {
      before: (bare) => bare.interceptors.response.use(({ data }) => data),
    });
    api.interceptors.response.use(() => undefined as never);
    expect(await api.get("/me")).toBeUndefined();
    expect(await mismatches()).toEqual([]);
  });

  it("an adapter that throws at once fails the call with the same error, and counts", async () => {
    const thrown = new TypeError("not a promise in sight");
    const adapter = () => {
      throw thrown;
    };
    const { api, registry } = await startMeasuredApi(transport, { axios: { adapter } });
    expect(await failureOf(api.get("/me"))).toBe(thrown);
    expect(await readRequests(registry)).toEqual({ "GET /me invalid_request false": 1 });
    expect(await readValue(registry, "inFlight")).toBe(0);
  });

  it("an error without a configuration is classified like any other", async () => {
    const bare = Object.assign(new Error("connect"), { code: "ECONNREFUSED" });
    const { api, tracing } = await startMeasuredApi(transport, {
      axios: { adapter: () => Promise.reject(bare) },
    });
    expect(await failureOf(api.get("/me"))).toBe(bare);
    expectSpan(tracing.spans()[0], {
      name: "GET /me",
      failed: true,
      attributes: expect.objectContaining({ errorType: "connection_refused", retryable: true }),
    });
  });

  it("an adapter that returns no promise leaves nothing in flight", async () => {
    const adapter = () => ({ status: 200 }) as never;
    const { api, registry } = await startMeasuredApi(transport, { axios: { adapter } });
    await failureOf(api.get("/me"));
    expect(await readValue(registry, "inFlight")).toBe(0);
  });

  it("an invalid URL takes its course without a record or a failure of ours", async () => {
    const { api, registry, tracing } = await startMeasuredApi(transport);
    await failureOf(api.get("http://[:::1]/me", { adapter: undefined as never }));
    expect(tracing.spans()).toEqual([]);
    expect(await readRequests(registry)).toEqual({});
    expect(await readValue(registry, "failures", { stage: "start" })).toBe(0);
  });

  it("a failure is named by the code that Node gave, whatever the error is called", async () => {
    const intercom = await startIntercom();
    await intercom.close();
    const { api, registry, tracing } = await startMeasuredApi(transport, {
      axios: { baseURL: intercom.url },
      options: { hosts: [intercom.url] },
    });
    await failureOf(api.get("/me"));
    expectSpan(tracing.spans()[0], {
      name: "GET /me",
      failed: true,
      attributes: expect.objectContaining({ errorType: "connection_refused", errorCategory: "transport" }),
    });
    expect(await readRequests(registry)).toEqual({ "GET /me connection_refused true": 1 });
  });
});

describe.each(TRANSPORTS_FROM_1)("$name", (transport) => {
  it.each([["http"], [["xhr", "http"]]])("the default adapter may be %o", async (adapter) => {
    const { api, simulator, mismatches } = await startMeasuredApi(transport, {
      axios: { adapter: adapter as never },
    });
    const { config } = await api.get("/me");
    expect(config.url).toBe("/me");
    const error = await failureOf(api.get("/contacts/none"));
    expect(error).toBeInstanceOf(transport.axios.AxiosError);
    expect(error.config).toBe(error.response?.config);
    expect(simulator.ledger.entries().length).toBe(2);
    expect(await mismatches()).toEqual([]);
  });

  it("a name set for one request is measured", async () => {
    const { api, mismatches, registry } = await startMeasuredApi(transport);
    await api.post("/tags", { name: "ümlaut" }, { adapter: "http" });
    expect(await readRequests(registry)).toEqual({ "POST /tags 200": 1 });
    expect(await mismatches()).toEqual([]);
  });
});

it("names are resolved at each request, so that what the caller passes to an adapter arrives", async () => {
  const { api, registry, simulator } = await startMeasuredApi(NEWEST);
  api.defaults.adapter = ["fetch", "http"];
  const sent: string[] = [];
  const fetchOfCaller: typeof fetch = (input, init) => {
    sent.push(input instanceof Request ? input.url : String(input));
    return fetch(input, init);
  };
  await api.get("/me", { env: { fetch: fetchOfCaller } });
  expect(sent).toEqual([`${simulator.url}/me`]);
  expect(await readRequests(registry)).toEqual({ "GET /me 200": 1 });
});

it("an unknown adapter name fails as it does without us", async () => {
  const { api } = await startMeasuredApi(NEWEST);
  const ours = await failureOf(api.get("/me", { adapter: "pigeon" }));
  const theirs = await failureOf(createInstance(NEWEST, {}).get("/me", { adapter: "pigeon" }));
  expect([ours.code, ours.message]).toEqual([theirs.code, theirs.message]);
});

it.each(TRANSPORTS)(
  "an instance of axios's class, which has no create(), is measured: $name",
  async (transport) => {
    const { Axios } = transport.axios as unknown as { Axios: new (config: object) => AxiosInstance };
    class Api extends Axios {}
    const simulator = await startIntercom();
    for (const Class of [Axios, Api]) {
      const registry = new Registry();
      const { adapter } = createInstance(transport, {}).defaults;
      const api = new Class({
        baseURL: simulator.url,
        adapter,
        headers: { Authorization: "Bearer demo-token" },
      });
      instrumentIntercom(api, { registry, hosts: [simulator.url] });
      expect((await api.get("/me")).status).toBe(200);
      expect(await readRequests(registry)).toEqual({ "GET /me 200": 1 });
    }
  },
);

it("axios itself can be instrumented, and detached again", async () => {
  startTracing();
  const { axios } = NEWEST;
  const registry = new Registry();
  const before = axios.defaults.adapter;
  const { detach } = instrumentIntercom(axios, { registry });
  const adapter = stubAdapter();
  axios.defaults.adapter = adapter;
  await axios.get("https://api.eu.intercom.io/me");
  await axios("https://api.au.intercom.io/me");
  expect(await readRequests(registry)).toEqual({ "GET /me 200": 2 });
  detach();
  axios.defaults.adapter = before as never;
  await axios.get("https://api.intercom.io/me", { adapter });
  expect(await readRequests(registry)).toEqual({ "GET /me 200": 2 });
});

// The fetch adapter takes no URL objects.
describe.each(TRANSPORTS_FROM_1.filter(({ adapter }) => adapter === "http"))("$name", (transport) => {
  it("a URL object as url is measured like its string", async () => {
    const { api, simulator, mismatches, registry } = await startMeasuredApi(transport);
    await api.get(new URL("/tags", simulator.url) as never, { baseURL: "" });
    expect(await readRequests(registry)).toEqual({ "GET /tags 200": 1 });
    expect(await mismatches()).toEqual([]);
  });
});
