import { expect, test } from "vitest";
import { ask, call, start } from "./support.ts";

const CONTROL = "/__simulator/";

test("another process reads the ledger in parts and clears it", async () => {
  const simulator = await start();
  await call(simulator, "/me");
  await call(simulator, "/admins");
  const whole = await ask(simulator, `${CONTROL}ledger`, { token: null });
  expect(whole.body).toMatchObject({
    entries: [{ route: "/me" }, { route: "/admins" }],
    dropped: 0,
    inFlight: 0,
  });
  expect((await ask(simulator, `${CONTROL}ledger?skip=1`)).body).toMatchObject({
    entries: [{ route: "/admins" }],
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

test.each([
  ["PUT", "script", { rules: 7 }, 400, "script.rules: expected an array, got 7"],
  ["PUT", "script", "{", 400, "JSON"],
  ["POST", "revoke", { token: "other" }, 400, "token: expected the token of one of the apps"],
  ["POST", "revoke", {}, 400, "body.token: expected a non-empty string, got undefined"],
  ["GET", "ledger?skip=-1", undefined, 400, "query.skip: expected a whole number"],
  ["GET", "other", undefined, 404, "GET other: expected one of GET ledger"],
])("%s %s with a mistake says what was expected", async (method, name, body, status, message) => {
  const simulator = await start();
  const reply = await ask(simulator, CONTROL + name, { method, body });
  expect(reply.status).toBe(status);
  expect(reply.body?.error).toContain(message);
});
