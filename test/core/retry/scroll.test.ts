import { RetryPolicy, resolveRetryOptions } from "@intercom-telemetry/core";
import { describe, expect, it } from "vitest";
import { ScrollLife } from "../../../packages/core/src/retry/scroll.ts";
import { callOn, outcomeOf, type ShortEnding } from "./outcomes.ts";
import { createVirtualClock, virtualEnvironment } from "./virtual-environment.ts";

const START = 1_800_000_000;

function createPolicy(options: object = {}) {
  const clock = createVirtualClock(START);
  const policy = new RetryPolicy(resolveRetryOptions(options), virtualEnvironment(clock, 1));
  const call = (path: string) => callOn("GET", path, { startedMilliseconds: policy.nowMilliseconds() });
  const headers = (remaining: number, limit = 100) => ({
    "x-ratelimit-limit": String(limit),
    "x-ratelimit-remaining": String(remaining),
    "x-ratelimit-reset": String(Math.floor(clock.seconds() / 10) * 10 + 10),
  });
  return { clock, policy, call, headers };
}

const PAGE = "/companies/scroll?scroll_param=abc";

describe("the next page of a companies scroll", () => {
  it("goes before other first attempts that wait", async () => {
    const { clock, policy, call, headers } = createPolicy();
    policy.recordEnd(outcomeOf({ status: 200, headers: headers(0) }, call("/me").operation));
    const left: string[] = [];
    const enter = (name: string, path: string) => {
      void policy.throttle(call(path))?.then(() => void left.push(name));
    };
    for (let index = 0; index < 20; index += 1) enter("other", "/me");
    enter("scroll", PAGE);
    await clock.runUntil(START + 20);
    expect(left[0]).toBe("scroll");
    expect(left.length).toBeGreaterThan(1);
  });

  it("is not retried when the wait would outlive the scroll", async () => {
    const { clock, policy, call, headers } = createPolicy({ deadlineSeconds: 600 });
    policy.recordEnd(outcomeOf({ status: 200 }, call(PAGE).operation));
    await clock.runUntil(START + 52);
    const page = call(PAGE);
    const refused = outcomeOf(
      { status: 429, code: "rate_limit_exceeded", headers: headers(0) },
      page.operation,
    );
    policy.recordEnd(refused);
    expect(policy.decide(refused, page)).toEqual({ retry: false, reason: "scroll_would_expire" });
    expect(policy.decide(refused, call("/companies/scroll"))).toMatchObject({ retry: true });
  });

  it("is retried while the scroll lives", async () => {
    const { clock, policy, call, headers } = createPolicy();
    policy.recordEnd(outcomeOf({ status: 200 }, call(PAGE).operation));
    await clock.runUntil(START + 12);
    const page = call(PAGE);
    const refused = outcomeOf(
      { status: 429, code: "rate_limit_exceeded", headers: headers(0) },
      page.operation,
    );
    policy.recordEnd(refused);
    expect(policy.decide(refused, page)).toMatchObject({ retry: true, reason: "window_reset" });
  });

  it("leaves at once when the window would open too late for it", () => {
    const { policy, call } = createPolicy({ windowSeconds: 100, deadlineSeconds: 600 });
    const headers = {
      "x-ratelimit-limit": "1",
      "x-ratelimit-remaining": "0",
      "x-ratelimit-reset": String(START + 60),
    };
    policy.recordEnd(outcomeOf({ status: 200, headers }, call("/me").operation));
    expect(policy.throttle(call("/me"))).toBeInstanceOf(Promise);
    expect(policy.throttle(call(PAGE))).toBeUndefined();
  });
});

describe("the life of a scroll", () => {
  const { operation } = callOn("GET", PAGE);
  const pageAt = (scroll: ScrollLife, milliseconds: number, ending: ShortEnding = { status: 200 }) =>
    scroll.recordEnd(outcomeOf(ending, operation), milliseconds);
  const endOf = (scroll: ScrollLife, path: string, startedMilliseconds: number) =>
    scroll.endOf(callOn("GET", path, { startedMilliseconds }));

  it("ends 57 seconds after its last page, or after a later call's start", () => {
    const scroll = new ScrollLife();
    expect(endOf(scroll, PAGE, 5000)).toBe(62_000);
    pageAt(scroll, 1000);
    expect(endOf(scroll, PAGE, 5000)).toBe(58_000);
    expect(endOf(scroll, PAGE, 1000)).toBe(58_000);
    expect(endOf(scroll, PAGE, 500)).toBe(57_500);
  });

  it("is renewed by a page of it, and by nothing else", () => {
    const scroll = new ScrollLife();
    pageAt(scroll, 1000);
    pageAt(scroll, 2000, { status: 503, code: "service_unavailable" });
    scroll.recordEnd(outcomeOf({ status: 200 }, callOn("HEAD", "/companies/scroll").operation), 3000);
    scroll.recordEnd(outcomeOf({ status: 200 }, callOn("GET", "/companies").operation), 4000);
    expect(endOf(scroll, PAGE, 5000)).toBe(58_000);
    pageAt(scroll, 5000);
    expect(endOf(scroll, PAGE, 5000)).toBe(62_000);
  });

  it.each([
    "/companies/scroll",
    "/companies/scroll?no_scroll_param=a",
    "/companies/scroll?scroll_params=a",
    "/companies?scroll_param=a",
    "/not/documented?scroll_param=a",
  ])("concerns no call for %s", (path) => {
    expect(endOf(new ScrollLife(), path, 0)).toBeUndefined();
  });

  it("concerns no call that asks for the headers of a page alone", () => {
    expect(new ScrollLife().endOf(callOn("HEAD", PAGE))).toBeUndefined();
  });

  it("concerns a call whose scroll_param is not its first one", () => {
    expect(endOf(new ScrollLife(), "/companies/scroll?per_page=5&scroll_param=a", 0)).toBe(57_000);
  });
});
