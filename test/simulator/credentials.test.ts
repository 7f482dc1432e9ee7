import { expect, test } from "vitest";
import { ask, call, start } from "./support.ts";

const basic = (user: string) => `Basic ${Buffer.from(`${user}:`).toString("base64")}`;

test.each([
  ["a bearer token", "Bearer demo-token", 200],
  ["the scheme in lower case", "bearer demo-token", 200],
  ["the token as user name of Basic auth", basic("demo-token"), 200],
  ["an unknown token", "Bearer other", 401],
  ["an unknown user name", basic("other"), 401],
  ["a scheme that Intercom does not have", "Digest demo-token", 401],
  ["Basic auth that is not base64", "Basic %%%", 401],
])("%s (%s) gets %i", async (_case, authorization, status) => {
  const simulator = await start();
  expect((await ask(simulator, "/me", { token: null, headers: { authorization } })).status).toBe(status);
});

test("401 is an error list without rate-limit headers", async () => {
  const simulator = await start();
  const { status, body, headers } = await ask(simulator, "/me", { token: null });
  expect(status).toBe(401);
  expect(body?.errors).toEqual([{ code: "unauthorized", message: "Access Token Invalid" }]);
  expect([...headers.keys()].filter((name) => name.startsWith("x-ratelimit"))).toEqual([]);
  expect(simulator.ledger.entries()).toMatchObject([
    { status: 401, errorCode: "unauthorized", retryable: false },
  ]);
});

test("a revoked token stops working until it is restored", async () => {
  const simulator = await start();
  simulator.revokeToken("demo-token");
  expect((await call(simulator, "/me")).status).toBe(401);
  simulator.restoreToken("demo-token");
  expect((await call(simulator, "/me")).status).toBe(200);
  expect(() => simulator.revokeToken("other")).toThrow("token: expected the token of one of the apps");
});

test("a missing scope is named in a 403, and does not touch /me", async () => {
  const simulator = await start({
    apps: [{ name: "demo", token: "demo-token", missingScopes: ["read_conversations"], region: "eu" }],
  });
  const refused = await ask(simulator, "/conversations");
  expect([refused.status, refused.code]).toEqual([403, "forbidden"]);
  expect(refused.message).toContain("read_conversations");
  const me = await ask(simulator, "/me");
  expect(me.status).toBe(200);
  expect(me.body).toMatchObject({ type: "admin", app: { region: "EU" } });
});

test("a URL template outside the plan gets api_plan_restricted", async () => {
  const simulator = await start({
    apps: [{ name: "demo", token: "demo-token", planRestricted: ["/tickets/{id}"] }],
  });
  const { status, code } = await ask(simulator, "/tickets/1");
  expect([status, code]).toEqual([403, "api_plan_restricted"]);
});

test("a good token gets the headers of Intercom, with one request id in head and body", async () => {
  const simulator = await start();
  const { headers, body } = await ask(simulator, "/nowhere");
  expect(body?.request_id).toMatch(/^[a-z0-9]{20}$/);
  expect(headers.get("x-request-id")).toBe(body?.request_id);
  expect(headers.get("x-intercom-version")).toMatch(/^[0-9a-f]{40}$/);
  expect(headers.get("date")).not.toBeNull();
});
