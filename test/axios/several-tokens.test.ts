import { instrumentIntercom, markRetry } from "@intercom-telemetry/axios";
import { Registry } from "prom-client";
import { describe, expect, it } from "vitest";
import { listenToWarnings } from "../support/listen-to-warnings.ts";
import { failureOf, startIntercom, startMeasuredApi } from "../support/measured-api.ts";
import { readRequests, readValue } from "../support/series.ts";
import { attributesOf } from "../support/spans.ts";
import { stubAdapter, usualHeaders } from "../support/stub-adapter.ts";
import { startTracing } from "../support/tracing.ts";
import { createInstance, NEWEST, TRANSPORTS } from "../support/transports.ts";

const INTERCOM = "https://api.intercom.io";

describe("one instance with a token by request", () => {
  it("keeps the quota of each client apart", async () => {
    const limits: Readonly<Record<string, readonly [limit: number, remaining: number]>> = {
      "Bearer small": [10, 2],
      "Bearer large": [1000, 992],
    };
    const adapter = stubAdapter(({ headers }) => {
      const [limit = 0, remaining = 0] = limits[String(headers.Authorization)] ?? [];
      const rate = { "x-ratelimit-limit": String(limit), "x-ratelimit-remaining": String(remaining) };
      return { headers: usualHeaders(rate) };
    });
    const registry = new Registry();
    const api = createInstance(NEWEST, { baseURL: INTERCOM, adapter });
    instrumentIntercom(api, {
      registry,
      client: ({ header }) => (header("Authorization") === "Bearer small" ? "small" : "large"),
    });
    for (const token of ["small", "large", "small", "large"]) {
      await api.get("/me", { headers: { Authorization: `Bearer ${token}` } });
    }
    for (const [client, [limit, remaining]] of [
      ["small", [10, 2]],
      ["large", [1000, 992]],
    ] as const) {
      expect(await readValue(registry, "rateLimit", { client })).toBe(limit);
      expect(await readValue(registry, "rateLimitRemaining", { client })).toBe(remaining);
      expect(await readValue(registry, "requests", { client, status_code: "200" })).toBe(2);
    }
  });
});

it("ignored requests leave no span and no count, and reach Intercom", async () => {
  const { api, registry, tracing, simulator } = await startMeasuredApi(NEWEST, {
    options: { ignore: ({ method, urlTemplate }) => method === "GET" && urlTemplate === "/me" },
  });
  await api.get("/me");
  await api.get("/admins");
  await simulator.ledger.waitForIdle();
  expect(simulator.ledger.entries()).toHaveLength(2);
  expect(tracing.spans().map(({ name }) => name)).toEqual(["GET /admins"]);
  expect(await readRequests(registry)).toEqual({ "GET /admins 200": 1 });
});

describe.each(TRANSPORTS)("$name: a retry outside axios", (transport) => {
  it("that is marked counts as a retry that follows its cause", async () => {
    const unavailable = { kind: "error_list", status: 503, code: "service_unavailable" };
    const measured = await startMeasuredApi(transport, {
      simulator: { script: { rules: [{ sequence: [unavailable, unavailable] }] } } as never,
    });
    const { api, registry, tracing } = measured;
    let cause: unknown;
    for (let retries = 0; retries < 3; retries += 1) {
      const config = retries === 0 ? {} : markRetry({}, retries, cause);
      cause = await api.get("/me", config).then(
        () => undefined,
        (error: unknown) => error,
      );
    }
    expect(tracing.spans().map((span) => attributesOf(span).retryCount)).toEqual([undefined, 1, 2]);
    const follows = { error_code: "service_unavailable", error_category: "server" };
    expect(await readValue(registry, "retries", follows)).toBe(2);
    expect(await measured.mismatches()).toEqual([]);
  });

  it("marks a configuration that two calls share for each of them", async () => {
    const { api, tracing } = await startMeasuredApi(transport);
    const config = markRetry({ params: { per_page: 1 } }, 1);
    await Promise.all([api.get("/admins", config), api.get("/admins", config)]);
    expect(tracing.spans().map((span) => attributesOf(span).retryCount)).toEqual([1, 1]);
  });
});

describe("nobody listening", () => {
  it("is worth one hint at the first request", async () => {
    const warnings = listenToWarnings();
    const api = createInstance(NEWEST, { baseURL: INTERCOM, adapter: stubAdapter() });
    instrumentIntercom(api);
    await api.get("/me");
    await api.get("/me");
    expect(await warnings()).toEqual(["INTERCOM_TELEMETRY_SILENT"]);
  });

  it.each([
    ["a registry", { registry: new Registry() }],
    ["onOutcome", { onOutcome: () => undefined }],
    ["a recorder", { recorders: [{ finish: () => undefined }] }],
  ])("is not said with %s", async (_, options) => {
    const warnings = listenToWarnings();
    const api = createInstance(NEWEST, { baseURL: INTERCOM, adapter: stubAdapter() });
    instrumentIntercom(api, options);
    await api.get("/me");
    expect(await warnings()).toEqual([]);
  });

  it("is not said when an OpenTelemetry SDK is registered before the first request", async () => {
    const warnings = listenToWarnings();
    const api = createInstance(NEWEST, { baseURL: INTERCOM, adapter: stubAdapter() });
    instrumentIntercom(api);
    startTracing();
    await api.get("/me");
    expect(await warnings()).toEqual([]);
  });
});

it("a recorder of the user's sees every attempt, retries and failures too", async () => {
  const simulator = await startIntercom();
  const seen: unknown[] = [];
  const api = createInstance(NEWEST, {
    baseURL: simulator.url,
    headers: { Authorization: "Bearer demo-token" },
  });
  instrumentIntercom(api, {
    hosts: [simulator.url],
    recorders: [
      {
        start: ({ operation, retryCount }) => [operation.template, retryCount],
        finish: ({ status, error }, state) => void seen.push([...(state as unknown[]), status, error?.code]),
      },
    ],
  });
  await api.get("/me");
  await failureOf(api.get("/contacts/none"));
  expect(seen).toEqual([
    ["/me", 0, 200, undefined],
    ["/contacts/{id}", 0, 404, "not_found"],
  ]);
});
