import type { AxiosInstance } from "axios";
import { setupCache } from "axios-cache-interceptor";
import { describe, expect, it } from "vitest";
import { startMeasuredApi } from "../support/measured-api.ts";
import { readRequests, readValue } from "../support/series.ts";
import { createInstance, NEWEST, TRANSPORTS } from "../support/transports.ts";

const cached = (api: AxiosInstance): void => void setupCache(api);

describe.each(TRANSPORTS.slice(3))("$name", (transport) => {
  it.each(["before", "after"] as const)(
    "a response from the cache is not a request (cache set up %s)",
    async (order) => {
      const { api, registry, tracing, simulator, mismatches } = await startMeasuredApi(transport, {
        ...(order === "before" ? { before: cached } : {}),
      });
      if (order === "after") cached(api);
      const first = await api.get("/me");
      const remaining = await readValue(registry, "rateLimitRemaining");
      const second = await api.get("/me");
      expect(second.data).toEqual(first.data);
      expect((second as { cached?: boolean }).cached).toBe(true);
      expect(simulator.ledger.entries().length).toBe(1);
      expect(tracing.spans().length).toBe(1);
      expect(await readRequests(registry)).toEqual({ "GET /me 200": 1 });
      expect(await readValue(registry, "rateLimitRemaining")).toBe(remaining);
      expect(await readValue(registry, "inFlight")).toBe(0);
      expect(await mismatches()).toEqual([]);
    },
  );

  it("concurrent calls that share one response are one request", async () => {
    const { api, registry, simulator, mismatches } = await startMeasuredApi(transport, { before: cached });
    await Promise.all([api.get("/me"), api.get("/me"), api.get("/me")]);
    expect(simulator.ledger.entries().length).toBe(1);
    expect(await readRequests(registry)).toEqual({ "GET /me 200": 1 });
    expect(await mismatches()).toEqual([]);
  });
});

it("a cached failure and an expired entry are classified by what goes over the wire", async () => {
  const { api, simulator, mismatches } = await startMeasuredApi(NEWEST, { before: cached });
  for (let call = 0; call < 2; call += 1) await api.get("/contacts/none").catch(() => undefined);
  await api.get("/me", { cache: false } as never);
  await api.get("/me", { cache: false } as never);
  expect(simulator.ledger.entries().length).toBe(4);
  expect(await mismatches()).toEqual([]);
});

it("without instrumentation the cache behaves the same", async () => {
  const bare = createInstance(NEWEST, {});
  cached(bare);
  const { simulator } = await startMeasuredApi(NEWEST);
  const config = { headers: { Authorization: "Bearer demo-token" } };
  await bare.get(`${simulator.url}/me`, config);
  expect(((await bare.get(`${simulator.url}/me`, config)) as { cached?: boolean }).cached).toBe(true);
});
