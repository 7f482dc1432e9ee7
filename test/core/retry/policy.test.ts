import { type Outcome, RetryPolicy, resolveRetryOptions } from "@intercom-telemetry/core";
import { afterEach, describe, expect, it, vi } from "vitest";
import { refusalReason } from "../../../packages/core/src/retry/retry-policy.ts";
import { callOn, outcomeOf, type ShortEnding } from "./outcomes.ts";
import { createVirtualClock, virtualEnvironment } from "./virtual-environment.ts";

const START = 1_800_000_000;
const UNAVAILABLE: ShortEnding = { status: 503, code: "service_unavailable" };

function createPolicy(options: object = {}, drawn?: number) {
  const clock = createVirtualClock(START);
  const environment = virtualEnvironment(clock, 1);
  const policy = new RetryPolicy(
    resolveRetryOptions(options),
    drawn === undefined ? environment : { ...environment, random: () => drawn },
  );
  const call = (more: object = {}) =>
    callOn("GET", "/me", { startedMilliseconds: policy.nowMilliseconds(), ...more });
  const outcome = (ending: ShortEnding, retryCount = 0): Outcome =>
    outcomeOf(ending, call().operation, retryCount);
  return { clock, policy, call, outcome };
}

const usedUp = (resetSeconds: number, limit = 100): ShortEnding => ({
  status: 429,
  code: "rate_limit_exceeded",
  headers: {
    "x-ratelimit-limit": String(limit),
    "x-ratelimit-remaining": "0",
    "x-ratelimit-reset": String(START + resetSeconds),
  },
});

describe("why a failed attempt is not retried", () => {
  const call = callOn("POST", "/messages");
  const why = (ending: ShortEnding, more: object = {}, replayUnknownWrites = false) =>
    refusalReason(outcomeOf(ending, call.operation), { ...call, ...more }, { replayUnknownWrites });

  it("is that it would fail again", () => {
    expect(why({ status: 404, code: "not_found" })).toBe("not_retryable");
    expect(why({ status: 200 })).toBe("not_retryable");
  });

  it("is that it waits for something that the caller has to watch", () => {
    expect(why({ status: 400, code: "scroll_exists" })).toBe("wait_for_condition");
  });

  it("is that its body was used up, also where a write may be repeated", () => {
    expect(why(UNAVAILABLE, { readBody: () => ({ pipe() {} }) }, true)).toBe("body_used");
  });

  it("is that a write may have been carried out, unless that is allowed", () => {
    expect(why(UNAVAILABLE)).toBe("outcome_unknown");
    expect(why(UNAVAILABLE, {}, true)).toBeUndefined();
  });

  it("is that it had all its retries, where they are counted here", () => {
    const [last, over] = [1, 2].map((retryCount) => why(UNAVAILABLE, { mostRetries: 2, retryCount }, true));
    expect([last, over]).toEqual([undefined, "retries_used_up"]);
    expect(why(UNAVAILABLE, { retryCount: 1000 }, true)).toBeUndefined();
  });
});

describe("the deadline of a call", () => {
  it("is so far away as its options say, less the time since its start", async () => {
    const { clock, policy, call } = createPolicy({ deadlineSeconds: 30 });
    const started = call();
    expect(policy.secondsLeft(started)).toBe(30);
    await clock.runUntil(START + 12);
    expect(policy.secondsLeft(started)).toBe(18);
    expect(policy.nowMilliseconds()).toBe((START + 12) * 1000);
  });

  it("refuses a backoff that would reach it, and takes one that would not", async () => {
    const { clock, policy, call, outcome } = createPolicy({ deadlineSeconds: 10, backoffSeconds: 2 }, 0);
    const started = call();
    await clock.runUntil(START + 8.999);
    expect(policy.decide(outcome(UNAVAILABLE), started)).toEqual({
      retry: true,
      reason: "server_error",
      delaySeconds: 1,
    });
    await clock.runUntil(START + 9);
    expect(policy.decide(outcome(UNAVAILABLE), started)).toEqual({ retry: false, reason: "deadline" });
  });

  it("refuses a window that opens too late, whose slot goes to another call", () => {
    const { policy, call, outcome } = createPolicy({ deadlineSeconds: 28 }, 0.5);
    const refused = outcome(usedUp(10, 1));
    policy.recordEnd(refused);
    const decide = (more: object = {}) => policy.decide(refused, call(more));
    expect(decide({ startedMilliseconds: (START - 20) * 1000 })).toEqual({
      retry: false,
      reason: "deadline",
    });
    const [first, second, third] = [decide(), decide(), decide()];
    expect(first).toMatchObject({ retry: true, reason: "window_reset" });
    expect(first.retry && first.delaySeconds).toBeLessThan(20);
    expect(second.retry && second.delaySeconds).toBeGreaterThan(20);
    expect(third).toEqual({ retry: false, reason: "deadline" });
  });
});

describe("a page of a scroll", () => {
  it.each([
    ["57", true],
    ["57.1", false],
  ])("whose retry would wait for %s s, is retried: %j", (retryAfter, retry) => {
    const { policy } = createPolicy({ deadlineSeconds: 600 }, 0);
    const page = callOn("GET", "/companies/scroll?scroll_param=a", {
      startedMilliseconds: policy.nowMilliseconds(),
    });
    const ending = { status: 429, code: "too_many_requests", headers: { "retry-after": retryAfter } };
    expect(policy.decide(outcomeOf(ending, page.operation), page)).toMatchObject({ retry });
  });
});

describe("a retry for which the size of the quota is not known", () => {
  const refused: ShortEnding = {
    status: 429,
    code: "rate_limit_exceeded",
    headers: { "x-ratelimit-reset": String(START + 4) },
  };

  it.each([
    [0, 4],
    [0.5, 9],
  ])("leaves anywhere in the window after the reset: at %d of it", (drawn, delaySeconds) => {
    const { policy, call, outcome } = createPolicy({}, drawn);
    policy.recordEnd(outcome(refused));
    expect(policy.decide(outcome(refused), call())).toEqual({
      retry: true,
      reason: "window_reset",
      delaySeconds,
    });
  });
});

describe("responses that have no rate-limit headers", () => {
  const held = (without: ShortEnding | undefined, fromOtherHost = false) => {
    const { policy, call, outcome } = createPolicy();
    policy.recordEnd(outcome({ ...usedUp(10), status: 200 }));
    const end = without && { ...outcome(without), ...(fromOtherHost ? { fromOtherHost } : {}) };
    policy.recordEnd(end);
    return policy.throttle(call()) !== undefined;
  };

  it.each<[ShortEnding, boolean]>([
    [{ status: 200 }, false],
    [{ status: 404, code: "not_found" }, false],
    [{ status: 499, code: "server_error" }, false],
    [{ status: 500, code: "server_error" }, true],
    [{ status: 403, body: "<html>", headers: { "content-type": "text/html" } }, true],
    [{ code: "ECONNRESET" }, true],
  ])("after %j the limit still holds: %j", (ending, expected) => {
    expect(held(ending)).toBe(expected);
  });

  it("from another host, or of which nothing is known, leave the limit", () => {
    expect(held({ status: 200 }, true)).toBe(true);
    expect(held(undefined)).toBe(true);
  });
});

describe("the runtime's own clocks and timers", () => {
  afterEach(() => void vi.useRealTimers());

  it("are used where no others are given", async () => {
    vi.useFakeTimers();
    vi.setSystemTime(START * 1000);
    const policy = new RetryPolicy(resolveRetryOptions({}));
    const call = callOn("GET", "/me", { startedMilliseconds: policy.nowMilliseconds() });
    const refused = outcomeOf(usedUp(10), call.operation);
    policy.recordEnd(refused);
    const controller = new AbortController();
    const [waits, canceled] = [policy.throttle(call), policy.throttle(call, controller.signal)];
    controller.abort();
    await expect(canceled).resolves.toBe(0);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(vi.getTimerCount()).toBe(1);
    await vi.advanceTimersByTimeAsync(1000);
    await expect(waits).resolves.toBeCloseTo(10.3, 0);
    expect(vi.getTimerCount()).toBe(0);
    const decision = policy.decide(refused, { ...call, startedMilliseconds: policy.nowMilliseconds() });
    expect(decision).toMatchObject({ retry: true });
  });
});
