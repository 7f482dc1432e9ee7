import { expect, test } from "vitest";
import { ask, createClock, start } from "./support.ts";

const rates = (headers: Headers) =>
  ["limit", "remaining", "reset"].map((name) => headers.get(`x-ratelimit-${name}`));

test("windows start at multiples of their length, and the headers count down inside one", async () => {
  const clock = createClock(1_700_000_003_000);
  const apps = [{ name: "demo", token: "demo-token", limitPerWindow: 2 }];
  const simulator = await start({ apps, epochMilliseconds: clock.epochMilliseconds });
  expect(rates((await ask(simulator, "/me")).headers)).toEqual(["2", "1", "1700000010"]);
  expect(rates((await ask(simulator, "/me")).headers)).toEqual(["2", "0", "1700000010"]);
  const third = await ask(simulator, "/me");
  expect(third.status).toBe(429);
  expect(third.body?.errors).toEqual([
    { code: "rate_limit_exceeded", message: "Exceeded rate limit of 2 in 10_seconds" },
  ]);
  expect(rates(third.headers)).toEqual(["2", "0", "1700000010"]);
  clock.advanceSeconds(7);
  const refilled = await ask(simulator, "/me");
  expect([refilled.status, ...rates(refilled.headers)]).toEqual([200, "2", "1", "1700000020"]);
});

test("the reset of a window shorter than a second is rounded up to whole seconds", async () => {
  const { epochMilliseconds } = createClock(1_700_000_000_100);
  const simulator = await start({ windowSeconds: 0.5, epochMilliseconds });
  expect(rates((await ask(simulator, "/me")).headers)[2]).toBe("1700000001");
});

test("each app has its own quota and data", async () => {
  const simulator = await start({
    apps: [
      { name: "one", token: "token-one", limitPerWindow: 1 },
      { name: "two", token: "token-two", limitPerWindow: 1 },
    ],
    windowSeconds: 86_400,
  });
  const body = { email: "ann@example.com" };
  expect((await ask(simulator, "/contacts", { token: "token-one", body })).status).toBe(200);
  expect((await ask(simulator, "/contacts", { token: "token-two", body })).status).toBe(200);
  expect((await ask(simulator, "/contacts", { token: "token-one", body })).status).toBe(429);
  expect(simulator.ledger.entries().map(({ app }) => app)).toEqual(["one", "two", "one"]);
});

test("a clock that is wrong shows in Date and in the reset", async () => {
  const { epochMilliseconds } = createClock(1_700_000_000_000);
  const simulator = await start({ clockSkewSeconds: 3600, epochMilliseconds });
  const { headers } = await ask(simulator, "/me");
  expect(Date.parse(headers.get("date") ?? "")).toBe(1_700_003_600_000);
  expect(headers.get("x-ratelimit-reset")).toBe("1700003610");
});
