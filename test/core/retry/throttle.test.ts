import { RetryPolicy, resolveRetryOptions } from "@intercom-telemetry/core";
import { describe, expect, it, vi } from "vitest";
import { callOn, outcomeOf } from "./outcomes.ts";
import { createVirtualClock, virtualEnvironment } from "./virtual-environment.ts";

const START = 1_800_000_000;

function createThrottle(options: object = {}) {
  const clock = createVirtualClock(START);
  const policy = new RetryPolicy(resolveRetryOptions(options), virtualEnvironment(clock, 1));
  const call = () => callOn("GET", "/me", { startedMilliseconds: policy.nowMilliseconds() });
  const left: number[] = [];
  return {
    clock,
    policy,
    /** Seconds after the start at which attempts left. */
    left,
    enter(attempts: number, ...cancellations: unknown[]) {
      for (let index = 0; index < attempts; index += 1) {
        const waiting = policy.throttle(call(), ...cancellations);
        if (waiting) void waiting.then(() => void left.push(clock.seconds() - START));
        else left.push(clock.seconds() - START);
      }
    },
    respond(headers: Readonly<Record<string, string>>, status = 200, code = "") {
      policy.recordEnd(outcomeOf({ status, code, headers }, call().operation));
    },
  };
}

const quota = (limit: number, remaining: number, resetSeconds: number, dateSeconds?: number) => ({
  "x-ratelimit-limit": String(limit),
  "x-ratelimit-remaining": String(remaining),
  "x-ratelimit-reset": String(START + resetSeconds),
  ...(dateSeconds === undefined ? {} : { date: new Date((START + dateSeconds) * 1000).toUTCString() }),
});

describe("a limit that is not confirmed", () => {
  it("is forgotten with the next response that has no headers", async () => {
    const { clock, left, enter, respond } = createThrottle();
    enter(5);
    respond(quota(1, 0, 10));
    enter(45);
    respond({});
    await clock.runUntil(START + 0.1);
    expect(left).toHaveLength(50);
  });

  it("is tried after a second, and forgotten when that response has no headers", async () => {
    const { clock, left, enter, respond } = createThrottle();
    enter(1);
    respond(quota(1, 0, 10));
    enter(5);
    await clock.runUntil(START + 1.3);
    expect(left).toHaveLength(2);
    respond({});
    await clock.runUntil(START + 1.4);
    expect(left).toHaveLength(6);
  });

  it("that was confirmed before is forgotten after three such responses, or the first in a later window", async () => {
    const { clock, left, enter, respond } = createThrottle();
    enter(2);
    respond(quota(2, 1, 10));
    respond(quota(2, 0, 10));
    enter(5);
    respond({});
    respond({});
    await clock.runUntil(START + 5);
    expect(left).toHaveLength(2);
    respond({});
    await clock.runUntil(START + 5.1);
    expect(left).toHaveLength(7);
  });

  it("stays when a gateway responds, which has no headers", async () => {
    const { clock, left, enter, respond } = createThrottle();
    enter(2);
    respond(quota(2, 1, 10));
    respond(quota(2, 0, 10));
    enter(5);
    for (let response = 0; response < 5; response += 1) respond({}, 502, "");
    await clock.runUntil(START + 9);
    expect(left).toHaveLength(2);
  });
});

describe("a window that a wrong clock placed", () => {
  it("is dropped with the next right response", async () => {
    const { clock, left, enter, respond } = createThrottle();
    enter(1);
    respond(quota(100, 0, 105, 100));
    enter(10);
    await clock.runUntil(START + 1);
    expect(left).toHaveLength(1);
    respond(quota(100, 90, 10, 1));
    await clock.runUntil(START + 10);
    expect(left).toHaveLength(11);
  });
});

describe("a window", () => {
  it("opens by the local clock where the attempt took as long as its response's Date is old", async () => {
    const { clock, policy, left, enter } = createThrottle();
    const outcome = outcomeOf(
      { status: 200, headers: quota(100, 0, 10, -8) },
      callOn("GET", "/me").operation,
    );
    for (let response = 0; response < 2; response += 1) policy.recordEnd({ ...outcome, durationSeconds: 8 });
    enter(1);
    await clock.runUntil(START + 9.9);
    expect(left).toEqual([]);
    await clock.runUntil(START + 12);
    expect(left).toHaveLength(1);
  });

  it("takes no more once it has refused an attempt, whatever its headers say", async () => {
    const { clock, left, enter, respond } = createThrottle();
    enter(1);
    respond(quota(100, 50, 10), 429, "rate_limit_exceeded");
    enter(5);
    await clock.runUntil(START + 9.9);
    expect(left).toHaveLength(1);
    await clock.runUntil(START + 10.6);
    expect(left).toHaveLength(2);
    respond(quota(100, 99, 20));
    await clock.runUntil(START + 20);
    expect(left).toHaveLength(6);
  });

  it("is used no further than quotaShare", async () => {
    const { clock, left, enter, respond } = createThrottle({ quotaShare: 0.5 });
    enter(1);
    respond(quota(100, 99, 10));
    enter(80);
    await clock.runUntil(START + 9.99);
    expect(left.length).toBeLessThanOrEqual(50);
    await clock.runUntil(START + 20);
    expect(left).toHaveLength(81);
  });

  it("whose first response is late does not hold attempts for longer than a second", async () => {
    const { clock, left, enter } = createThrottle();
    enter(30);
    expect(left).toHaveLength(5);
    await clock.runUntil(START + 1.1);
    expect(left).toHaveLength(30);
  });
});

describe("a throttled attempt", () => {
  it("leaves when its call is canceled, and the others keep their turn", async () => {
    const { clock, left, enter, respond } = createThrottle();
    const controller = new AbortController();
    enter(2);
    respond(quota(100, 1, 10));
    respond(quota(100, 0, 10));
    enter(3);
    enter(1, controller.signal);
    enter(3);
    await clock.runUntil(START + 2);
    controller.abort();
    await clock.runUntil(START + 9);
    expect(left).toEqual([0, 0, 2]);
    await clock.runUntil(START + 20);
    expect(left).toHaveLength(9);
  });

  it("adds no listener to its signal beside that of the others, of which Node would warn, and takes it away", async () => {
    const { clock, left, enter, respond } = createThrottle();
    const { signal } = new AbortController();
    const added = vi.spyOn(signal, "addEventListener");
    const removed = vi.spyOn(signal, "removeEventListener");
    respond(quota(100, 0, 10));
    enter(100, signal);
    expect(added).toHaveBeenCalledTimes(1);
    await clock.runUntil(START + 61);
    expect(left).toHaveLength(100);
    expect(removed.mock.calls).toEqual(added.mock.calls);
  });

  it("goes before first attempts as a retry, and before both as the next page of a scroll", async () => {
    const { clock, policy, respond } = createThrottle();
    respond(quota(100, 0, 10));
    const left: string[] = [];
    const enter = (name: string, path = "/me", retryCount = 0) => {
      const call = callOn("GET", path, { startedMilliseconds: policy.nowMilliseconds(), retryCount });
      void policy.throttle(call)?.then(() => void left.push(name));
    };
    enter("first");
    enter("retry", "/me", 1);
    enter("second");
    enter("scroll", "/companies/scroll?scroll_param=abc");
    await clock.runUntil(START + 60);
    expect(left).toEqual(["scroll", "retry", "first", "second"]);
  });

  it("of a call whose signal is aborted already does not wait", () => {
    const { left, enter, respond } = createThrottle();
    respond(quota(100, 0, 10));
    enter(1, AbortSignal.abort());
    expect(left).toEqual([0]);
  });

  it("leaves at once when no window opens before its deadline", () => {
    const { left, enter, respond } = createThrottle({ deadlineSeconds: 5 });
    respond(quota(100, 0, 10));
    enter(1);
    expect(left).toEqual([0]);
  });

  it("behind a retry that came later leaves at its own deadline", async () => {
    const { clock, policy, left, enter, respond } = createThrottle({ windowSeconds: 1 });
    enter(6);
    respond({ "x-ratelimit-limit": "1", "x-ratelimit-remaining": "0", date: new Date(0).toUTCString() });
    await clock.runUntil(START + 3);
    void policy.throttle(
      callOn("GET", "/me", { retryCount: 1, startedMilliseconds: policy.nowMilliseconds() }),
    );
    await clock.runUntil(START + 60.01);
    expect(left).toHaveLength(6);
  });
});
