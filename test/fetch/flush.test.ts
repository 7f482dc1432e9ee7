import { instrumentGlobalFetch, intercomFetch } from "@intercom-telemetry/fetch";
import { expect, it, onTestFinished, vi } from "vitest";
import { startMetering } from "../support/metering.ts";

const URL_OF_ME = "https://api.intercom.io/me";

/** A fetch that fails in Intercom's way, with a body to read. */
const fail = async (): Promise<Response> =>
  new Response('{"type":"error.list","errors":[{"code":"unauthorized","message":"no"}]}', { status: 401 });

it("flush waits until a failure whose body nobody reads is recorded with its code", async () => {
  const { provider, readValue } = startMetering();
  const fetch = intercomFetch({ fetch: fail, meter: provider });
  await fetch(URL_OF_ME);
  await fetch.flush();
  expect(await readValue("requests", { status_code: "401", error_code: "unauthorized" })).toBe(1);
});

it("an intercomFetch above another has its own flush", async () => {
  const [below, above] = [startMetering(), startMetering()];
  const spies = [below, above].map(({ provider }) => vi.spyOn(provider, "forceFlush"));
  const inner = intercomFetch({ fetch: fail, meter: below.provider });
  await intercomFetch({ fetch: inner, meter: above.provider }).flush();
  expect(spies.map(({ mock }) => mock.calls.length)).toEqual([0, 1]);
});

it("instrumentGlobalFetch returns a flush", async () => {
  const { provider } = startMetering();
  const forceFlush = vi.spyOn(provider, "forceFlush");
  const { flush, detach } = instrumentGlobalFetch({ meter: provider });
  onTestFinished(detach);
  await flush();
  expect(forceFlush).toHaveBeenCalledOnce();
});
