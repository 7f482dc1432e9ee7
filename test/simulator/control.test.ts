import http from "node:http";
import type { Simulator } from "@intercom-telemetry/simulator";
import { expect, test } from "vitest";
import { ask, call, createClock, start } from "./support.ts";

const CONTROL = "/__simulator/";

test("another process reads the ledger in parts and clears it", async () => {
  const simulator = await start();
  await call(simulator, "/me");
  await call(simulator, "/admins");
  const whole = await ask(simulator, `${CONTROL}ledger`, { token: null });
  expect(whole.body).toMatchObject({
    entries: [{ urlTemplate: "/me" }, { urlTemplate: "/admins" }],
    dropped: 0,
    inFlight: 0,
  });
  expect((await ask(simulator, `${CONTROL}ledger?skip=1`)).body).toMatchObject({
    entries: [{ urlTemplate: "/admins" }],
  });
  await call(simulator, "/calls/7/recording");
  expect((await ask(simulator, `${CONTROL}ledger?host=storage`)).body).toMatchObject({
    entries: [{ path: "/recordings/7", status: 200 }],
  });
  await ask(simulator, `${CONTROL}ledger`, { method: "DELETE" });
  expect(simulator.ledger.entries()).toEqual([]);
});

test("another process sets script and status page, and revokes tokens", async () => {
  const simulator = await start();
  const put = (name: string, body: unknown) => ask(simulator, CONTROL + name, { method: "PUT", body });
  await put("script", { rules: [{ times: 1, action: { kind: "empty", status: 503 } }] });
  expect((await call(simulator, "/me")).status).toBe(503);
  await put("status", { indicator: "minor" });
  expect((await ask(simulator, "/__status/api/v2/status.json")).body).toMatchObject({
    status: { indicator: "minor" },
  });
  await ask(simulator, `${CONTROL}revoke`, { body: { token: "demo-token" } });
  expect((await call(simulator, "/me")).status).toBe(401);
  await ask(simulator, `${CONTROL}restore`, { body: { token: "demo-token" } });
  expect((await call(simulator, "/me")).status).toBe(200);
  expect((await ask(simulator, `${CONTROL}idle`)).body).toEqual({ ok: true });
});

/** With node:http, since fetch sets neither Host nor Origin. */
function control(simulator: Simulator, method: string, headers: Readonly<Record<string, string>>, body = "") {
  return new Promise<number | undefined>((resolve, reject) => {
    const request = http.request(`${simulator.url}${CONTROL}revoke`, { method, headers }, (response) => {
      response.resume();
      response.on("end", () => resolve(response.statusCode));
    });
    request.on("error", reject);
    request.end(body);
  });
}

const REVOKE = '{"token":"demo-token"}';
const JSON_TYPE = { "content-type": "application/json" };

test.each([
  ["as text, which needs no permission", { "content-type": "text/plain" }, 415],
  ["as a form", { "content-type": "application/x-www-form-urlencoded" }, 415],
  ["without a type", {}, 415],
  ["from the page of another site", { ...JSON_TYPE, origin: "https://evil.example" }, 403],
  ["from a page without an origin", { ...JSON_TYPE, origin: "null" }, 403],
  ["that a browser calls cross-site", { ...JSON_TYPE, "sec-fetch-site": "cross-site" }, 403],
  ["under a name that was rebound to loopback", { ...JSON_TYPE, host: "evil.example" }, 421],
] as const)("a request to revoke %s is refused, and the token stays good", async (_case, headers, status) => {
  const simulator = await start();
  expect(await control(simulator, "POST", headers, REVOKE)).toBe(status);
  expect((await call(simulator, "/me")).status).toBe(200);
});

test.each([
  ["127.0.0.1", {}],
  ["localhost", { origin: "http://localhost:1" }],
  ["host.docker.internal", {}],
])("control under the name %s is for programs on this machine", async (name, headers) => {
  const simulator = await start();
  const host = `${name}:1`;
  expect(await control(simulator, "POST", { ...JSON_TYPE, host, ...headers }, REVOKE)).toBe(200);
  expect((await call(simulator, "/me")).status).toBe(401);
});

test("another process reads how a quota was used, by window and process", async () => {
  const clock = createClock(1_700_000_003_000);
  const apps = [{ name: "demo", token: "demo-token", limitPerWindow: 2 }];
  const simulator = await start({ apps, epochMilliseconds: clock.epochMilliseconds });
  const send = (process: string) => call(simulator, "/me", { headers: { "x-simulator-process": process } });
  for (const process of ["a", "b", "a"]) await send(process);
  clock.advanceSeconds(10);
  await call(simulator, "/me");
  const { body } = await ask(simulator, `${CONTROL}windows`);
  const window = { app: "demo", limit: 2 };
  expect(body).toEqual({
    windows: [
      {
        ...window,
        startEpochSeconds: 1_700_000_000,
        endEpochSeconds: 1_700_000_010,
        used: 2,
        refused: 1,
        processes: { a: { used: 1, refused: 1 }, b: { used: 1, refused: 0 } },
      },
      {
        ...window,
        startEpochSeconds: 1_700_000_010,
        endEpochSeconds: 1_700_000_020,
        used: 1,
        refused: 0,
        processes: {},
      },
    ],
  });
  expect(simulator.ledger.entries().map(({ process }) => process)).toEqual(["a", "b", "a", undefined]);
});

test.each([
  ["PUT", "script", { rules: 7 }, 400, "script.rules: expected a list, got 7"],
  ["PUT", "script", "{", 400, "JSON"],
  ["POST", "revoke", { token: "other" }, 400, "token: expected the token of one of the apps"],
  ["POST", "revoke", {}, 400, "body.token: expected a non-empty string, got nothing"],
  ["GET", "ledger?skip=-1", undefined, 400, "query.skip: expected a whole number"],
  ["GET", "ledger?host=cdn", undefined, 400, "query.host: expected one of api, storage"],
  ["GET", "other", undefined, 404, "GET other: expected one of GET ledger"],
])("%s %s with a mistake says what was expected", async (method, name, body, status, message) => {
  const simulator = await start();
  const reply = await ask(simulator, CONTROL + name, { method, body });
  expect(reply.status).toBe(status);
  expect(reply.body?.error).toContain(message);
});
