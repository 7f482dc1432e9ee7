import { instrumentIntercom } from "@intercom-telemetry/axios";
import type { AxiosResponse, InternalAxiosRequestConfig } from "axios";
import { Registry } from "prom-client";
import { describe, expect, it, vi } from "vitest";
import { failureOf, startIntercom, startMeasuredApi } from "../support/measured-api.ts";
import { readRequests, readValue } from "../support/series.ts";
import { createInstance, TRANSPORTS } from "../support/transports.ts";

describe.each(TRANSPORTS)("$name", (transport) => {
  it("detached, an instance is as it was, and others' interceptors still run", async () => {
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

  it("an adapter that somebody put around ours stays, and passes requests on unmeasured", async () => {
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

  it("a request on its way at detach is still recorded, its retry is not", async () => {
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

  it("a second copy of the package finds the first on the instance", async () => {
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
