import { intercomFetch, markRetry, type Outcome } from "@intercom-telemetry/fetch";
import type { FaultAction } from "@intercom-telemetry/simulator";
import ky from "ky";
import nodeFetch from "node-fetch";
import { createFetch } from "ofetch";
import createClient from "openapi-fetch";
import { fetch as undiciFetch } from "undici";
import { describe, expect, it } from "vitest";
import { startIntercom } from "../support/measured-api.ts";

const headers = { authorization: "Bearer demo-token" };
const conflict = { kind: "error_list", status: 409, code: "conflict" } as const;
const CONTACT = "/contacts/5f0c1b2a3d4e5f6071829304";

async function start(base: unknown, ...sequence: FaultAction[]) {
  const { url } = await startIntercom({ script: { rules: sequence.length > 0 ? [{ sequence }] : [] } });
  const outcomes: Outcome[] = [];
  const fetch = intercomFetch({
    ...(base === undefined ? {} : { fetch: base as typeof globalThis.fetch }),
    hosts: [url],
    recorders: [{ finish: (outcome: Outcome) => outcomes.push(outcome) }],
  });
  const codes = () => outcomes.map(({ status, error }) => [status, error?.code]);
  return { url, fetch, outcomes, codes };
}

describe.each([
  ["undici.fetch", undiciFetch],
  ["node-fetch", nodeFetch],
])("%s handed over", (_name, base) => {
  it("is recorded as it is read: 200, 404, a broken body", async () => {
    const { url, fetch, codes } = await start(base, { kind: "pass" }, { kind: "pass" }, { kind: "cut_body" });
    await (await fetch(`${url}/me`, { headers })).json();
    expect((await fetch(`${url}${CONTACT}`, { headers })).status).toBe(404);
    await expect(fetch(`${url}/me`, { headers }).then((response) => response.text())).rejects.toThrow();
    await expect.poll(codes).toEqual([
      [200, undefined],
      [404, "not_found"],
      [undefined, "response_incomplete"],
    ]);
  });

  it("says what failed before a response came", async () => {
    const { url, fetch, codes } = await start(base, { kind: "reset" }, { kind: "hang" }, { kind: "hang" });
    await expect(fetch(`${url}/me`, { headers })).rejects.toThrow();
    await expect(fetch(`${url}/me`, { headers, signal: AbortSignal.timeout(50) })).rejects.toThrow();
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 50);
    await expect(fetch(`${url}/me`, { headers, signal: controller.signal })).rejects.toThrow();
    expect(codes().map(([, code]) => code)).toEqual(["connection_reset", "timeout", "canceled"]);
  });
});

it("ky's retries are one call when they are marked", async () => {
  const { url, fetch, outcomes } = await start(undefined, { kind: "empty", status: 503 });
  const api = ky.create({
    fetch,
    headers,
    retry: { limit: 1, delay: () => 1 },
    hooks: { beforeRetry: [({ request, retryCount, error }) => markRetry(request, retryCount, error)] },
  });
  expect(await api.get(`${url}/me`).json()).toMatchObject({ type: "admin" });
  expect(outcomes.map(({ retryCount, follows }) => [retryCount, follows?.code])).toEqual([
    [0, undefined],
    [1, "service_unavailable"],
  ]);
});

it("ofetch and openapi-fetch are recorded, and their errors are as before", async () => {
  const { url, fetch, codes } = await start(
    undefined,
    { kind: "pass" },
    conflict,
    { kind: "pass" },
    conflict,
  );
  const ofetch = createFetch({ fetch, defaults: { headers, retry: 0 } });
  expect(await ofetch(`${url}/me`)).toMatchObject({ type: "admin" });
  await expect(ofetch(`${url}/me`)).rejects.toMatchObject({ status: 409, data: { type: "error.list" } });
  const client = createClient<Record<"/me", { get: never }>>({ baseUrl: url, fetch, headers });
  const get = client.GET as (path: string) => Promise<{ data?: unknown; error?: unknown }>;
  expect((await get("/me")).data).toMatchObject({ type: "admin" });
  expect((await get("/me")).error).toMatchObject({ type: "error.list" });
  expect(codes()).toEqual([
    [200, undefined],
    [409, "conflict"],
    [200, undefined],
    [409, "conflict"],
  ]);
});

it("retries around a call are one call when they are marked", async () => {
  const { url, fetch, outcomes } = await start(undefined, { kind: "reset" }, conflict, conflict);
  let cause: unknown;
  for (let retryCount = 0; retryCount < 3; retryCount += 1) {
    const init = { headers };
    markRetry(init, retryCount, cause);
    cause = await fetch(`${url}/me`, init).then(
      async (response) => {
        await response.text();
        return response;
      },
      (error: unknown) => error,
    );
  }
  expect(outcomes.map(({ retryCount, follows }) => [retryCount, follows?.code])).toEqual([
    [0, undefined],
    [1, "connection_reset"],
    [2, "conflict"],
  ]);
});

it("calls of the official SDK at the same time do not mix up their retries", async () => {
  const { IntercomClient } = await import("intercom-client-7");
  const { url, fetch, outcomes } = await start(
    undefined,
    ...Array.from({ length: 150 }, () => ({ kind: "empty", status: 503, retryAfter: 1 }) as const),
  );
  const client = new IntercomClient({ token: "demo-token", baseUrl: url, fetch });
  await Promise.all(Array.from({ length: 150 }, () => client.admins.list()));
  const retries = outcomes.filter(({ retryCount }) => retryCount === 1);
  expect([outcomes.length, retries.length]).toEqual([300, 150]);
  expect(retries.every(({ follows }) => follows?.code === "service_unavailable")).toBe(true);
});
