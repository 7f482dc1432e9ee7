import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Outcome } from "../../packages/core/src/classify/outcome.ts";
import {
  claimRecent,
  outcomeOf,
  recentFailures,
  rememberOutcome,
  rememberRecent,
} from "../../packages/core/src/classify/outcomes.ts";

const OUTCOME = { client: "a" } as Outcome;
const failure = () => ({ outcome: OUTCOME, error: undefined });

describe("the outcome of an attempt", () => {
  it("is found by the response or error it settled with, its response or its headers", () => {
    for (const key of [{}, () => {}]) {
      rememberOutcome(key, OUTCOME);
      const found = [key, { response: key }, { rawResponse: { headers: key } }, { headers: key }].map(
        outcomeOf,
      );
      expect(found).toEqual([OUTCOME, OUTCOME, OUTCOME, OUTCOME]);
    }
  });

  it("is not found by anything else", () => {
    expect([undefined, null, 1, "a", {}, { rawResponse: 1, headers: "a" }].map(outcomeOf)).toEqual(
      Array(6).fill(undefined),
    );
  });

  it("is not remembered without an outcome, nor under what is not an object", () => {
    const settled = {};
    rememberOutcome(settled, undefined);
    rememberOutcome("a", OUTCOME);
    expect([outcomeOf(settled), outcomeOf("a")]).toEqual([undefined, undefined]);
  });

  it("is shared by the copies of the package", () => {
    const store = Reflect.get(globalThis, Symbol.for("@intercom-telemetry/core.outcomes.1")) as {
      bySettled: WeakMap<object, Outcome>;
    };
    const settled = {};
    store.bySettled.set(settled, OUTCOME);
    expect(outcomeOf(settled)).toBe(OUTCOME);
  });
});

describe("failures of this turn of the event loop", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => {
    vi.runAllTimers();
    vi.useRealTimers();
  });

  it("are there until it ends, with one timer for all", () => {
    expect(recentFailures()).toEqual([]);
    const [first, second] = [failure(), failure()];
    for (const each of [first, second]) {
      rememberRecent(each);
      expect(vi.getTimerCount()).toBe(1);
    }
    expect(recentFailures()).toEqual([first, second]);
    vi.runAllTimers();
    expect(recentFailures()).toEqual([]);
  });

  it("are a hundred at most", () => {
    for (let count = 0; count < 101; count += 1) rememberRecent(failure());
    expect(recentFailures()).toHaveLength(100);
  });

  it("are gone once their errors were found, which then have the outcome", () => {
    const [first, second] = [failure(), failure()];
    rememberRecent(first);
    rememberRecent(second);
    const caught = new Error("a");
    claimRecent(first, caught);
    expect(recentFailures()).toEqual([second]);
    expect(recentFailures()[0]).toBe(second);
    expect(outcomeOf(caught)).toBe(OUTCOME);
  });
});
