import { RetryPolicy, resolveRetryOptions } from "@intercom-telemetry/core";
import fc from "fast-check";
import { callOn, outcomeOf } from "../../core/retry/outcomes.ts";
import { createVirtualClock, virtualEnvironment } from "../../core/retry/virtual-environment.ts";
import type { Target } from "./target.ts";

const START = 1_800_000_000;
const DEADLINE_SECONDS = 60;
/** Timers have whole milliseconds, and epoch seconds are as exact as floating point. */
const MARGIN_SECONDS = 0.002;

const number = fc.oneof(
  fc.integer({ min: 0, max: 20 }).map(String),
  fc.constantFrom("167", "1667", "1e3", "-1", "", "x", "99999999999", "0.5"),
);
const time = fc.oneof(
  fc.integer({ min: -100, max: 100 }).map((seconds) => START + seconds),
  fc.constantFrom(0, START * 1000, -5),
);
const headers = fc.record(
  {
    "x-ratelimit-limit": number,
    "x-ratelimit-remaining": number,
    "x-ratelimit-reset": time.map(String),
    "retry-after": fc.oneof(
      number,
      time.map((seconds) => new Date(seconds * 1000).toUTCString()),
    ),
    date: time.map((seconds) => new Date(seconds * 1000).toUTCString()),
  },
  { requiredKeys: [] },
);
const path = fc.constantFrom("/me", "/contacts/search", "/companies/scroll");

/** What happens to a policy, one after the other. */
type Step =
  | { readonly kind: "enter"; readonly path: string; readonly retryCount: number; readonly count: number }
  | {
      readonly kind: "respond";
      readonly status: number;
      readonly code: string;
      readonly headers: Record<string, string>;
    }
  | { readonly kind: "cancel" }
  | { readonly kind: "wait"; readonly seconds: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    kind: fc.constant("enter" as const),
    path,
    retryCount: fc.nat(2),
    count: fc.integer({ min: 1, max: 8 }),
  }),
  fc.record({
    kind: fc.constant("respond" as const),
    status: fc.constantFrom(200, 404, 429, 499, 500, 503),
    code: fc.constantFrom("rate_limit_exceeded", "not_found", "service_unavailable", ""),
    headers,
  }),
  fc.record({ kind: fc.constant("cancel" as const) }),
  fc.record({ kind: fc.constant("wait" as const), seconds: fc.double({ min: 0, max: 25, noNaN: true }) }),
);

const options = fc.record(
  {
    quotaShare: fc.double({ min: 0.01, max: 1, noNaN: true }),
    windowSeconds: fc.integer({ min: 1, max: 60 }),
  },
  { requiredKeys: [] },
);

/** Plays the steps on a separate clock; throws when an attempt waits past its deadline, or not at all where it may. */
async function play(given: object, steps: readonly Step[]): Promise<void> {
  const clock = createVirtualClock(START);
  const resolved = resolveRetryOptions({ ...given, deadlineSeconds: DEADLINE_SECONDS });
  const policy = new RetryPolicy(resolved, virtualEnvironment(clock, 1));
  const waiting = new Set<number>();
  let entered = 0;
  let problem: string | undefined;
  let controller = new AbortController();
  const checkSeconds = (what: string, seconds: number): void => {
    if (!(seconds >= 0 && seconds <= DEADLINE_SECONDS + MARGIN_SECONDS))
      problem ??= `${what} of ${seconds} s`;
  };
  const enter = (operation: string, retryCount: number): void => {
    const method = operation.endsWith("search") ? "POST" : "GET";
    const call = callOn(method, operation, { retryCount, startedMilliseconds: policy.nowMilliseconds() });
    const attempt = entered;
    entered += 1;
    const throttled = policy.throttle(call, controller.signal);
    if (!throttled) return;
    waiting.add(attempt);
    void throttled.then((seconds) => {
      waiting.delete(attempt);
      checkSeconds("a wait", seconds);
    });
  };
  for (const each of steps) {
    if (each.kind === "enter")
      for (let count = 0; count < each.count; count += 1) enter(each.path, each.retryCount);
    if (each.kind === "wait") await clock.runUntil(clock.seconds() + each.seconds);
    if (each.kind === "cancel") {
      controller.abort();
      await clock.runUntil(clock.seconds());
      if (waiting.size > 0) throw new Error(`${waiting.size} attempts wait on after they were canceled`);
      controller = new AbortController();
    }
    if (each.kind !== "respond") continue;
    const call = callOn("GET", "/me", { startedMilliseconds: policy.nowMilliseconds() });
    const outcome = outcomeOf(each, call.operation);
    policy.recordEnd(outcome);
    const decision = policy.decide(outcome, call);
    if (decision.retry) checkSeconds("a delay", decision.delaySeconds);
  }
  await clock.runUntil(clock.seconds() + DEADLINE_SECONDS + MARGIN_SECONDS);
  if (problem !== undefined) throw new Error(problem);
  if (waiting.size > 0) throw new Error(`${waiting.size} attempts wait past their deadline`);
}

/** Whatever headers come in whatever order, every attempt leaves by its deadline, and at once when it is canceled. */
export const throttleTarget: Target = {
  name: "throttle",
  weight: 1,
  run: (parameters) =>
    fc.assert(fc.asyncProperty(options, fc.array(step, { maxLength: 20 }), play), parameters),
};
