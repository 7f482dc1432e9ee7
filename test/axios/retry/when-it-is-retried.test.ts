import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { usualHeaders } from "../../support/stub-adapter.ts";
import {
  createRehearsal,
  endOfWindow,
  errorList,
  fakeClocks,
  type RehearsalOptions,
  type Reply,
  rehearse,
  START_EPOCH_SECONDS,
  windowUsedUp,
} from "./rehearse.ts";

beforeEach(fakeClocks);
afterEach(() => vi.useRealTimers());

const READ = { url: "/admins" };
const LATE = START_EPOCH_SECONDS + 10;

async function secondAttempt(reply: () => Reply): Promise<number> {
  const { sentSeconds } = await rehearse(READ, [reply]);
  const [, second] = sentSeconds;
  if (second === undefined) throw new Error("expected a retry");
  return second;
}

function expectBetween(value: number, least: number, most: number): void {
  expect(value).toBeGreaterThanOrEqual(least);
  expect(value).toBeLessThanOrEqual(most);
}

describe("Retry-After decides", () => {
  it("in seconds", async () => {
    expectBetween(
      await secondAttempt(() => errorList(503, "service_unavailable", { "retry-after": "7" })),
      7,
      8.4,
    );
  });

  it("as a date, against the response's own clock", async () => {
    const until = (skewSeconds: number) => () =>
      errorList(503, "service_unavailable", {
        date: new Date(Date.now() + skewSeconds * 1000).toUTCString(),
        "retry-after": new Date(Date.now() + (skewSeconds + 12) * 1000).toUTCString(),
      });
    expectBetween(await secondAttempt(until(0)), 12, 14.4);
    vi.setSystemTime(START_EPOCH_SECONDS * 1000);
    expectBetween(await secondAttempt(until(-3000)), 12, 14.4);
  });

  it("over the reset of the window, for a place from then on", async () => {
    expectBetween(await secondAttempt(() => windowUsedUp({ "retry-after": "20" })), 20, 21);
  });

  it.each(["", "soon", "-5", "1e3", "0x10", "99999999999"])(
    "and is ignored when it says %j",
    async (text) => {
      expectBetween(
        await secondAttempt(() => errorList(503, "service_unavailable", { "retry-after": text })),
        0.25,
        0.5,
      );
    },
  );
});

describe("the reset of the window decides", () => {
  it("when there is no Retry-After", async () => {
    expectBetween(await secondAttempt(() => windowUsedUp()), 10, 11);
  });

  it("whatever the local clock shows: the response's Date tells how far away it is", async () => {
    const skewed = (seconds: number) => () =>
      windowUsedUp({
        date: new Date((START_EPOCH_SECONDS + seconds) * 1000).toUTCString(),
        "x-ratelimit-reset": String(LATE + seconds),
      });
    expectBetween(await secondAttempt(skewed(900)), 10, 11);
    vi.setSystemTime(START_EPOCH_SECONDS * 1000);
    expectBetween(await secondAttempt(skewed(-900)), 10, 11);
  });

  it.each([
    ["has passed", String(START_EPOCH_SECONDS - 30)],
    ["is further away than any window", String(START_EPOCH_SECONDS + 3600)],
    ["is in milliseconds", String(LATE * 1000)],
    ["is no number", "soon"],
  ])("not when it %s: then the request backs off", async (_what, reset) => {
    expectBetween(await secondAttempt(() => windowUsedUp({ "x-ratelimit-reset": reset })), 0.25, 0.5);
  });

  it("not for a 429 of overload, which has nothing to do with the window", async () => {
    expectBetween(await secondAttempt(() => errorList(429, "too_many_requests")), 0.25, 0.5);
  });

  it("without the size of the quota the calls are spread over a whole window", async () => {
    const { "x-ratelimit-limit": _none, ...headers } = usualHeaders({
      "x-ratelimit-remaining": "0",
      "x-ratelimit-reset": String(endOfWindow()),
    });
    const data = JSON.stringify({ type: "error.list", errors: [{ code: "rate_limit_exceeded" }] });
    const { api, sent } = createRehearsal(Array(40).fill({ status: 429, data, headers }));
    const calls = Array.from({ length: 40 }, () => api.get("/admins"));
    await vi.runAllTimersAsync();
    await Promise.all(calls);
    const later = sent.slice(40).map(({ seconds }) => seconds);
    expectBetween(Math.min(...later), 10, 14);
    expectBetween(Math.max(...later), 16, 20.1);
  });
});

describe("calls that share a policy", () => {
  const crowd = async (calls: number, limit: string, options?: RehearsalOptions) => {
    const used = () => windowUsedUp({ "x-ratelimit-limit": limit });
    const { api, sent } = createRehearsal(Array(calls).fill(used), options);
    const responses = Array.from({ length: calls }, () => api.get("/admins"));
    await vi.runAllTimersAsync();
    await Promise.all(responses);
    return sent.slice(calls).map(({ seconds }) => seconds);
  };
  const within = (seconds: readonly number[], from: number, to: number) =>
    seconds.filter((each) => each >= from && each < to).length;

  it("fill the next windows to the quota and no further", async () => {
    const later = await crowd(100, "40");
    expect(within(later, 10, 20)).toBe(40);
    expect(within(later, 20, 30)).toBe(40);
    expect(within(later, 30, 40)).toBe(20);
  });

  it("come back at the pace of the quota, not at the edge", async () => {
    const later = await crowd(50, "50");
    // The first place lies up to half a second behind the edge, at random.
    expectBetween(within(later, 10, 11), 2, 7);
    for (let second = 11; second < 20; second += 1) expectBetween(within(later, second, second + 1), 3, 7);
  });

  it("take only their share of the quota when other processes have the same token", async () => {
    const later = await crowd(40, "40", { retry: { quotaShare: 0.5 } });
    expect(within(later, 10, 20)).toBe(20);
    expect(within(later, 20, 30)).toBe(20);
  });

  it("of a few, none waits long behind the edge of a large quota", async () => {
    expect(Math.max(...(await crowd(20, "1667")))).toBeLessThan(11);
  });
});

describe("back-off", () => {
  it("doubles, with jitter over half of each step, up to the longest", async () => {
    const retry = { retries: 6, backoffSeconds: 1, longestBackoffSeconds: 4 };
    const { sentSeconds } = await rehearse(
      READ,
      Array(6).fill(() => errorList(500, "server_error")),
      { retry },
    );
    const gaps = sentSeconds.slice(1).map((seconds, index) => seconds - (sentSeconds[index] ?? 0));
    for (const [index, step] of [1, 2, 4, 4, 4, 4].entries())
      expectBetween(gaps[index] ?? 0, step / 2, step + 0.01);
  });
});

describe("the deadline of a call", () => {
  it("forbids a retry that would start after it, at once and not when it has come", async () => {
    const { ended, sentSeconds } = await rehearse(READ, [() => windowUsedUp()], {
      retry: { deadlineSeconds: 5 },
    });
    expect(ended).toBe(429);
    expect(sentSeconds).toEqual([0]);
    expect(Date.now() / 1000 - START_EPOCH_SECONDS).toBeLessThan(5);
  });

  it("counts from the first attempt over all retries", async () => {
    const retry = { retries: 20, deadlineSeconds: 8, backoffSeconds: 2, longestBackoffSeconds: 2 };
    const { ended, sentSeconds } = await rehearse(
      READ,
      Array(20).fill(() => errorList(500, "server_error")),
      { retry },
    );
    expect(ended).toBe(500);
    expectBetween(sentSeconds.at(-1) ?? 0, 5, 8);
  });

  it("bounds the timeout of a retry, and leaves a shorter one as it is", async () => {
    const retry = { deadlineSeconds: 15 };
    const unlimited = await rehearse(READ, [() => windowUsedUp()], { retry });
    expect(unlimited.timeouts[0]).toBe(0);
    expectBetween(unlimited.timeouts[1] as number, 3900, 5000);
    vi.setSystemTime(START_EPOCH_SECONDS * 1000);
    const hasty = await rehearse({ ...READ, timeout: 1500 }, [() => windowUsedUp()], { retry });
    expect(hasty.timeouts).toEqual([1500, 1500]);
  });
});
