import { instrumentIntercom } from "@intercom-telemetry/axios";
import axios, { type AxiosInstance } from "axios";
import axiosRetry from "axios-retry";
import { Registry } from "prom-client";
import { expect, it } from "vitest";
import { readRequests, readTotal } from "../support/series.ts";
import { settle, stubAdapter } from "../support/stub-adapter.ts";
import { startTracing } from "../support/tracing.ts";

const newAxios = (): AxiosInstance => axios.create({ baseURL: "https://api.intercom.io" });

it("a retry that leaves after detaching and attaching again is counted, by the new instrumentation, as a retry", async () => {
  const tracing = startTracing();
  const [first, second] = [new Registry(), new Registry()];
  let attempts = 0;
  const api = axios.create({
    baseURL: "https://api.intercom.io",
    adapter: (config) => {
      attempts += 1;
      return settle(config, { status: attempts === 1 ? 503 : 200 });
    },
  });
  const handle = instrumentIntercom(api, { registry: first });
  axiosRetry(api, {
    retries: 1,
    retryCondition: () => true,
    onRetry() {
      handle.detach();
      instrumentIntercom(api, { registry: second });
    },
  });
  await api.get("/me");
  expect(await readRequests(first)).toEqual({ "GET /me 503 service_unavailable true": 1 });
  expect(await readRequests(second)).toEqual({ "GET /me 200": 1 });
  expect(await readTotal(second, "retries")).toBe(1);
  expect(tracing.spans()).toHaveLength(2);
});

it("a retry that leaves after detaching is not counted", async () => {
  const registry = new Registry();
  let attempts = 0;
  const api = axios.create({
    baseURL: "https://api.intercom.io",
    adapter: (config) => {
      attempts += 1;
      return settle(config, { status: attempts === 1 ? 503 : 200 });
    },
  });
  const handle = instrumentIntercom(api, { registry });
  axiosRetry(api, { retries: 1, retryCondition: () => true, onRetry: () => handle.detach() });
  expect((await api.get("/me")).status).toBe(200);
  expect(await readRequests(registry)).toEqual({ "GET /me 503 service_unavailable true": 1 });
});

it("an instance whose request interceptors were replaced is measured again once it is instrumented again", async () => {
  const registry = new Registry();
  const api = newAxios();
  const handle = instrumentIntercom(api, { registry });
  Object.assign(api.interceptors, { request: newAxios().interceptors.request });
  api.defaults.adapter = stubAdapter();
  await api.get("/me");
  expect(await readRequests(registry)).toEqual({});
  expect(instrumentIntercom(api, { registry })).toBe(handle);
  await api.get("/me");
  expect(await readRequests(registry)).toEqual({ "GET /me 200": 1 });
  handle.detach();
  await api.get("/me");
  expect(await readRequests(registry)).toEqual({ "GET /me 200": 1 });
});

it("an instance that is given interceptors which it does not use stays measured", async () => {
  const registry = new Registry();
  const api = newAxios();
  instrumentIntercom(api, { registry });
  Object.assign(api, { interceptors: newAxios().interceptors });
  instrumentIntercom(api, { registry });
  await api.get("/me", { adapter: stubAdapter() });
  expect(await readRequests(registry)).toEqual({ "GET /me 200": 1 });
});
