import { instrumentIntercom } from "@intercom-telemetry/axios";
import { expect, it, vi } from "vitest";
import { startMetering } from "../support/metering.ts";
import { stubAdapter } from "../support/stub-adapter.ts";
import { createInstance, NEWEST } from "../support/transports.ts";

const createApi = () =>
  createInstance(NEWEST, { baseURL: "https://api.intercom.io", adapter: stubAdapter() });

it("flush exports what was recorded, also after detach", async () => {
  const { provider, readTotal } = startMetering();
  const forceFlush = vi.spyOn(provider, "forceFlush");
  const api = createApi();
  const { flush, detach } = instrumentIntercom(api, { meter: provider });
  await api.get("/me");
  detach();
  await flush();
  expect(forceFlush).toHaveBeenCalledOnce();
  expect(await readTotal("requests")).toBe(1);
});

it("instrumenting again returns a flush that exports", async () => {
  const { provider } = startMetering();
  const forceFlush = vi.spyOn(provider, "forceFlush");
  const api = createApi();
  instrumentIntercom(api, { meter: provider });
  await instrumentIntercom(api, { meter: provider }).flush();
  expect(forceFlush).toHaveBeenCalledOnce();
});

it("flush of a mock, of which nothing is recorded, resolves", async () => {
  await expect(instrumentIntercom({ get() {} } as never).flush()).resolves.toBeUndefined();
});
