import { setTimeout as sleep } from "node:timers/promises";
import { instrumentIntercom } from "@intercom-telemetry/axios";
import type { AxiosAdapter, AxiosInstance, AxiosResponse, InternalAxiosRequestConfig } from "axios";
import { cacheAdapterEnhancer, retryAdapterEnhancer } from "axios-extensions";
import AxiosMockAdapter from "axios-mock-adapter";
import axiosRetry from "axios-retry";
import { describe, expect, it } from "vitest";
import { type MeasuredApi, startMeasuredApi } from "../support/measured-api.ts";
import { readRequests, readValue } from "../support/series.ts";
import { attributesOf } from "../support/spans.ts";
import { createInstance, NEWEST, TRANSPORTS, TRANSPORTS_FROM_1 } from "../support/transports.ts";

const LIMITED = { kind: "rate_limited", by: "window" } as const;
const script = (...sequence: object[]) => ({ script: { rules: [{ sequence }] } }) as never;

const retryCounts = ({ tracing }: MeasuredApi): unknown[] =>
  tracing.spans().map((span) => attributesOf(span).retryCount);

/** The default adapter as a function, whatever version it is. */
const defaultOf = ({ defaults }: AxiosInstance): AxiosAdapter => defaults.adapter as AxiosAdapter;

describe.each(TRANSPORTS)("$name: a wrapper around the measuring adapter", (transport) => {
  it("that retries inside itself counts each attempt on the wire, the retries as retries", async () => {
    const measured = await startMeasuredApi(transport, { simulator: script(LIMITED, LIMITED, LIMITED) });
    const { api, registry } = measured;
    const base = defaultOf(api);
    api.defaults.adapter = async (config) => {
      for (let retries = 0; ; retries += 1) {
        try {
          return await base(config);
        } catch (error) {
          if (retries === 2) throw error;
        }
      }
    };
    await expect(api.get("/me")).rejects.toThrow();
    expect(retryCounts(measured)).toEqual([undefined, 1, 2]);
    expect(await readValue(registry, "retries", { error_code: "rate_limit_exceeded" })).toBe(2);
    expect(await measured.mismatches()).toEqual([]);
  });

  it("that responds from a cache counts what went over the wire", async () => {
    const measured = await startMeasuredApi(transport);
    const { api, registry } = measured;
    const base = defaultOf(api);
    const cache = new Map<string, AxiosResponse>();
    api.defaults.adapter = async (config) => {
      const known = cache.get(config.url ?? "");
      if (known) return { ...known, config };
      const response = await base(config);
      cache.set(config.url ?? "", response);
      return response;
    };
    for (let call = 0; call < 10; call += 1) await api.get("/me");
    expect(await readRequests(registry)).toEqual({ "GET /me 200": 1 });
    expect(await readValue(registry, "inFlight")).toBe(0);
    expect(await measured.mismatches()).toEqual([]);
  });

  it("that queues a request is not part of its duration", async () => {
    const { api, registry } = await startMeasuredApi(transport);
    const base = defaultOf(api);
    api.defaults.adapter = async (config) => {
      await sleep(400);
      return base(config);
    };
    await api.get("/me");
    expect(await readValue(registry, "duration", {}, "_sum")).toBeLessThan(0.35);
  });

  it("that hands on a copy without the adapter counts once", async () => {
    const measured = await startMeasuredApi(transport);
    const { api, registry } = measured;
    const base = defaultOf(api);
    api.defaults.adapter = (config) => base({ ...config, adapter: undefined } as never);
    await api.get("/me");
    await api.get("/me");
    expect(await readRequests(registry)).toEqual({ "GET /me 200": 2 });
    expect(await measured.mismatches()).toEqual([]);
  });

  it("that builds its own configuration counts once", async () => {
    const measured = await startMeasuredApi(transport);
    const { api } = measured;
    const base = defaultOf(api);
    api.defaults.adapter = ({ url, method, baseURL, headers }) =>
      base({ url, method, baseURL, headers } as InternalAxiosRequestConfig);
    await api.get("/me");
    await api.get("/me");
    expect(await measured.mismatches()).toEqual([]);
  });
});

describe.each(TRANSPORTS)("$name: a wrapper", (transport) => {
  it("that sends twice at a time counts twice, and what it wraps stays measured", async () => {
    const measured = await startMeasuredApi(transport);
    const { api, registry } = measured;
    const base = defaultOf(api);
    api.defaults.adapter = async (config) => {
      const [first] = await Promise.all([
        base(config),
        base({ ...config }),
        sleep(5).then(() => base(config)),
      ]);
      return first;
    };
    await api.get("/me");
    api.defaults.adapter = base;
    await api.get("/me");
    expect(await readRequests(registry)).toEqual({ "GET /me 200": 4 });
    expect(await measured.mismatches()).toEqual([]);
  });

  it("that hands a request on later, through an instance, counts once", async () => {
    const measured = await startMeasuredApi(transport);
    const { api, registry } = measured;
    const base = defaultOf(api);
    api.defaults.adapter = async (config) => {
      await sleep(1);
      return api.request({ ...config, adapter: base });
    };
    await api.get("/me");
    await api.get("/me");
    expect(await readRequests(registry)).toEqual({ "GET /me 200": 2 });
    expect(await measured.mismatches()).toEqual([]);
  });
});

describe.each(TRANSPORTS_FROM_1)("$name: axios-mock-adapter installed after ours", (transport) => {
  it.each<[string, (mock: AxiosMockAdapter) => void, object]>([
    ["onNoMatch: passthrough", () => undefined, { onNoMatch: "passthrough" }],
    ["passThrough()", (mock) => void mock.onGet("/me").passThrough(), {}],
  ])("counts what it lets through once: %s", async (_, prepare, options) => {
    const measured = await startMeasuredApi(transport);
    prepare(new AxiosMockAdapter(measured.api as never, options));
    expect((await measured.api.get("/me")).status).toBe(200);
    expect((await measured.api.get("/me")).status).toBe(200);
    expect(await readRequests(measured.registry)).toEqual({ "GET /me 200": 2 });
    expect(await measured.mismatches()).toEqual([]);
  });
});

describe("axios-extensions around the measuring adapter", () => {
  it("retries count each", async () => {
    const unavailable = { kind: "error_list", status: 503, code: "service_unavailable" };
    const measured = await startMeasuredApi(NEWEST, {
      simulator: script(unavailable, unavailable, { kind: "pass" }),
    });
    const { api } = measured;
    api.defaults.adapter = retryAdapterEnhancer(defaultOf(api) as never, { times: 2 }) as never;
    await api.get("/me").catch(() => undefined);
    expect(measured.tracing.spans()).toHaveLength(3);
    expect(await measured.mismatches()).toEqual([]);
  });

  it("cached responses count nothing", async () => {
    const measured = await startMeasuredApi(NEWEST);
    const { api } = measured;
    api.defaults.adapter = cacheAdapterEnhancer(defaultOf(api) as never) as never;
    for (let call = 0; call < 5; call += 1) await api.get("/me");
    expect(await readRequests(measured.registry)).toEqual({ "GET /me 200": 1 });
    expect(await measured.mismatches()).toEqual([]);
  });
});

describe("interceptors of others", () => {
  it("that were there before and choose an adapter are measured too", async () => {
    const measured = await startMeasuredApi(NEWEST, {
      before: (api) =>
        void api.interceptors.request.use((config) => {
          config.adapter = "fetch";
          return config;
        }),
    });
    for (let call = 0; call < 6; call += 1) await measured.api.get("/me");
    expect(await readRequests(measured.registry)).toEqual({ "GET /me 200": 6 });
    expect(await measured.mismatches()).toEqual([]);
  });

  it.each(TRANSPORTS)("that give another configuration are measured too: $name", async (transport) => {
    const { adapter } = createInstance(transport, {}).defaults;
    const measured = await startMeasuredApi(transport, {
      before: (api) => void api.interceptors.request.use((config) => ({ ...config, adapter }) as never),
    });
    await measured.api.get("/me");
    expect(await readRequests(measured.registry)).toEqual({ "GET /me 200": 1 });
  });

  it("may be cleared, and the default adapter replaced, and measuring continues", async () => {
    const measured = await startMeasuredApi(NEWEST);
    const { api, simulator, registry } = measured;
    api.interceptors.request.clear();
    api.defaults.adapter = createInstance(NEWEST, {}).defaults.adapter ?? [];
    await api.get("/me");
    instrumentIntercom(api, { registry, hosts: [simulator.url] });
    await api.get("/me");
    expect(await readRequests(registry)).toEqual({ "GET /me 200": 2 });
    expect(await measured.mismatches()).toEqual([]);
  });
});

describe.each(TRANSPORTS)("$name: a retry that follows no rejection", (transport) => {
  it("has a retry count and counts as a retry that follows no error", async () => {
    const measured = await startMeasuredApi(transport);
    const { api, registry } = measured;
    let refused = 0;
    axiosRetry(api, {
      retries: 2,
      retryDelay: () => 1,
      retryCondition: () => true,
      validateResponse: () => {
        refused += 1;
        return refused > 1;
      },
    });
    await api.get("/me");
    expect(retryCounts(measured)).toEqual([undefined, 1]);
    expect(await readValue(registry, "retries", { error_code: "" })).toBe(1);
    expect(await measured.mismatches()).toEqual([]);
  });
});

it("the configuration of a successful response makes a new call when it is sent again", async () => {
  const measured = await startMeasuredApi(NEWEST);
  const { config } = await measured.api.get("/me");
  await measured.api.request(config);
  expect(retryCounts(measured)).toEqual([undefined, undefined]);
});
