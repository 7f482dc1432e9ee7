import { intercomFetch } from "@intercom-telemetry/fetch";
import type { FaultScript } from "@intercom-telemetry/simulator";
import { IntercomClient } from "intercom-client-7";
import { Registry } from "prom-client";
import { expect, it } from "vitest";
import { listenToDiag } from "../support/listen-to-diag.ts";
import { startIntercom } from "../support/measured-api.ts";
import { readTotal } from "../support/series.ts";
import { attributesOf } from "../support/spans.ts";
import { startTracing } from "../support/tracing.ts";

const QUICK = { windowSeconds: 1, backoffSeconds: 0.01 };
const window429 = { kind: "rate_limited", by: "window" } as const;
const unavailable = { kind: "empty", status: 503 } as const;

async function start(script: FaultScript, retry: object = {}) {
  const tracing = startTracing();
  const intercom = await startIntercom({ windowSeconds: 1, script });
  const registry = new Registry();
  const fetch = intercomFetch({ hosts: [intercom.url], registry, retry: { ...QUICK, ...retry } });
  const ask = (path: string, init: RequestInit = {}) =>
    fetch(`${intercom.url}${path}`, { ...init, headers: { authorization: "Bearer demo-token" } });
  const statuses = () => intercom.ledger.entries().map(({ status }) => status);
  return { tracing, intercom, registry, fetch, ask, statuses };
}

it("a 429 is retried in the next window, and the spans say how long it waited and why", async () => {
  const { ask, tracing, registry, statuses } = await start({ rules: [{ sequence: [window429] }] });
  const response = await ask("/me");
  expect([response.status, statuses()]).toEqual([200, [429, 200]]);
  await response.json();
  expect(tracing.spans().map(attributesOf)).toMatchObject([
    { errorCode: "rate_limit_exceeded" },
    { retryCount: 1, retryReason: "window_reset", retryDelay: expect.any(Number) },
  ]);
  expect(await readTotal(registry, "retries")).toBe(1);
});

it("a failure that no retry can mend is handed on at once, and its body can be read", async () => {
  const { ask, statuses } = await start({ rules: [] });
  const response = await ask("/contacts/none");
  expect(await response.json()).toMatchObject({ errors: [{ code: "not_found" }] });
  expect(statuses()).toEqual([404]);
});

it("the last response is handed on when the retries are used up, with its whole body", async () => {
  const { ask, statuses } = await start(
    { rules: [{ action: { kind: "oversized", status: 503, bytes: 300_000 } }] },
    { retries: 2 },
  );
  const response = await ask("/me");
  expect([response.status, (await response.text()).length > 290_000]).toEqual([503, true]);
  expect(statuses()).toEqual([503, 503, 503]);
});

it("a connection that breaks is retried for a read, and not for a write", async () => {
  const script: FaultScript = { rules: [{ times: 1, action: { kind: "reset" } }] };
  const read = await start(script);
  expect((await read.ask("/me")).status).toBe(200);
  const write = await start(script);
  await expect(write.ask("/contacts", { method: "POST", body: "{}" })).rejects.toThrow("fetch failed");
  expect(write.statuses()).toEqual([undefined]);
});

it("a stream is sent once: the caller gets the 429", async () => {
  const { ask, statuses } = await start({ rules: [{ sequence: [window429] }] });
  const body = new Blob(['{"email":"ann@example.com"}']).stream();
  const response = await ask("/contacts", { method: "POST", body, duplex: "half" } as RequestInit);
  expect([response.status, statuses()]).toEqual([429, [429]]);
});

it("a string, a form and a Request without body are sent again whole", async () => {
  const { ask, fetch, intercom, statuses } = await start({
    rules: [{ sequence: [window429, { kind: "pass" }, window429, { kind: "pass" }] }],
  });
  const created = await ask("/contacts", { method: "POST", body: '{"email":"ann@example.com"}' });
  expect(await created.json()).toMatchObject({ email: "ann@example.com" });
  const request = new Request(`${intercom.url}/me`, { headers: { authorization: "Bearer demo-token" } });
  expect((await fetch(request)).status).toBe(200);
  expect(statuses()).toEqual([429, 200, 429, 200]);
});

it("an abort while a retry waits ends the call with the caller's reason", async () => {
  const { ask, statuses } = await start({ rules: [{ action: { ...unavailable, retryAfter: 30 } }] });
  const reason = new Error("enough");
  const controller = new AbortController();
  const call = ask("/me", { signal: controller.signal });
  await expect.poll(statuses).toEqual([503]);
  controller.abort(reason);
  await expect(call).rejects.toBe(reason);
  expect(statuses()).toEqual([503]);
});

it("a retry that hangs ends when the call's deadline has passed", async () => {
  const { ask, tracing } = await start(
    { rules: [{ sequence: [unavailable, { kind: "hang" }] }] },
    { deadlineSeconds: 0.5 },
  );
  await expect(ask("/me")).rejects.toMatchObject({ name: "TimeoutError" });
  expect(tracing.spans().map((span) => attributesOf(span).errorCode)).toEqual([
    "service_unavailable",
    "timeout",
  ]);
});

it("SDK 7 above it sees one response for each call, and its own retries are told apart and warned of", async () => {
  const script: FaultScript = { rules: [{ sequence: [unavailable, unavailable] }] };
  const { fetch, intercom, tracing, statuses } = await start(script, { retries: 1 });
  const messages = listenToDiag();
  const client = new IntercomClient({ token: "demo-token", baseUrl: intercom.url, fetch, maxRetries: 1 });
  await client.admins.list();
  expect(statuses()).toEqual([503, 503, 200]);
  expect(tracing.spans().map((span) => attributesOf(span).retryReason)).toEqual([
    undefined,
    "server_error",
    "sdk",
  ]);
  expect(tracing.spans().map((span) => attributesOf(span).retryCount)).toEqual([undefined, 1, 2]);
  expect(messages.filter((message) => message.includes("maxRetries: 0"))).toHaveLength(1);
});

it("throttled callers share the windows: nearly nobody is refused", async () => {
  const tracing = startTracing();
  const intercom = await startIntercom({
    windowSeconds: 1,
    apps: [{ name: "demo", token: "demo-token", limitPerWindow: 20 }],
  });
  const fetch = intercomFetch({ hosts: [intercom.url], retry: { ...QUICK, throttle: true } });
  const headers = { authorization: "Bearer demo-token" };
  const responses = await Promise.all(
    Array.from({ length: 60 }, () => fetch(`${intercom.url}/me`, { headers })),
  );
  expect(responses.every(({ status }) => status === 200)).toBe(true);
  const refused = intercom.ledger.entries().filter(({ status }) => status === 429).length;
  expect(refused).toBeLessThan(20);
  expect(tracing.spans().some((span) => attributesOf(span).retryReason === "throttled")).toBe(true);
});
