import { describe, expect, it } from "vitest";
import type { AttemptEnd } from "../../packages/core/src/rate-limit/attempt-end.ts";
import { ConfirmedLimit } from "../../packages/core/src/rate-limit/confirmed-limit.ts";
import { CurrentWindow } from "../../packages/core/src/rate-limit/current-window.ts";
import { InFlight } from "../../packages/core/src/rate-limit/in-flight.ts";
import { Usage } from "../../packages/core/src/rate-limit/usage.ts";
import { WindowTracker } from "../../packages/core/src/rate-limit/window-tracker.ts";

const START = 1_800_000_000;
const END = START + 10;

/** The end of an attempt whose response said so. */
const ended = (
  remaining: number | undefined,
  resetEpochSeconds = END,
  more: Partial<AttemptEnd> = {},
): AttemptEnd => ({
  rateLimit: { limit: 100, remaining, resetEpochSeconds },
  serverEpochSeconds: undefined,
  durationSeconds: 0,
  expectsHeaders: true,
  windowUsedUp: false,
  ...more,
});
const endedWithoutHeaders = (more: Partial<AttemptEnd> = {}): AttemptEnd => ({
  ...ended(undefined),
  rateLimit: undefined,
  ...more,
});

describe("attempts under way", () => {
  it("are those that have not ended, for a minute at most", () => {
    const inFlight = new InFlight();
    expect(inFlight.count(START)).toBe(0);
    for (const second of [0, 1, 2]) inFlight.start(START + second);
    inFlight.end(0);
    expect([inFlight.count(START + 61), inFlight.count(START + 61.1), inFlight.count(START + 63)]).toEqual([
      2, 1, 0,
    ]);
  });

  it("usually take so long as the last ones did", () => {
    const inFlight = new InFlight();
    expect(inFlight.usualSeconds).toBe(0);
    inFlight.end(1);
    expect(inFlight.usualSeconds).toBeCloseTo(0.1, 12);
    inFlight.end(2);
    expect(inFlight.usualSeconds).toBeCloseTo(0.29, 12);
  });
});

describe("a limit", () => {
  it("is doubtful until a second response gives it, or one that refuses", () => {
    const limit = new ConfirmedLimit();
    expect(limit).toMatchObject({ value: undefined, isDoubtful: true });
    limit.confirm(100, false);
    expect(limit).toMatchObject({ value: 100, isDoubtful: true });
    limit.confirm(100, false);
    expect(limit.isDoubtful).toBe(false);
    limit.confirm(200, false);
    expect(limit).toMatchObject({ value: 200, isDoubtful: true });
    limit.confirm(300, true);
    expect(limit).toMatchObject({ value: 300, isDoubtful: false });
  });

  it("is forgotten at the third response in a row that has none, while the window gave one", () => {
    const limit = new ConfirmedLimit();
    limit.confirm(100, true);
    expect([limit.miss(true), limit.miss(true)]).toEqual([false, false]);
    limit.confirm(100, false);
    expect([limit.miss(true), limit.miss(true), limit.miss(true), limit.miss(true)]).toEqual([
      false,
      false,
      true,
      false,
    ]);
    expect(limit).toMatchObject({ value: undefined, isDoubtful: true });
    limit.confirm(100, false);
    expect(limit.isDoubtful).toBe(true);
  });

  it("is forgotten at the first one, while it is doubtful or the window gave none", () => {
    const [doubtful, sure, none] = [new ConfirmedLimit(), new ConfirmedLimit(), new ConfirmedLimit()];
    doubtful.confirm(100, false);
    sure.confirm(100, true);
    expect([doubtful.miss(true), sure.miss(false), none.miss(true)]).toEqual([true, true, false]);
  });
});

describe("the window that the server is in", () => {
  it("keeps the lowest that was left, and says how much was used since the last response", () => {
    const window = new CurrentWindow(END, 10, 0.5);
    expect(window).toMatchObject({ startEpochSeconds: START, endEpochSeconds: END, sent: 0, ended: 0 });
    expect(window).toMatchObject({ remaining: undefined, observedEpochSeconds: START - 0.5 });
    expect(window.lower(90, 100, START + 2)).toBe(10);
    expect(window).toMatchObject({ remaining: 90, observedEpochSeconds: START + 2 });
    expect([window.lower(90, 100, START + 3), window.lower(95, 100, START + 3)]).toEqual([0, 0]);
    expect(window).toMatchObject({ remaining: 90, observedEpochSeconds: START + 2 });
    expect(window.lower(80, 100, START + 1)).toBe(10);
    expect(window).toMatchObject({ remaining: 80, observedEpochSeconds: START + 2 });
  });

  it("takes what a first response says, also when more is left than was thought", () => {
    const window = new CurrentWindow(END, 10);
    expect(window.lower(100, 100, START + 1)).toBe(0);
    expect(window.remaining).toBe(100);
    const odd = new CurrentWindow(END, 10);
    expect([odd.lower(120, 100, START), odd.remaining]).toEqual([0, 120]);
  });
});

describe("a tracker", () => {
  function createTracker() {
    const tracker = new WindowTracker(10);
    const at = (seconds: number) => {
      const { endEpochSeconds, remaining, sent, ended: over } = tracker.windowAt(START + seconds);
      return { ends: endEpochSeconds - START, remaining, sent, ended: over };
    };
    return {
      tracker,
      at,
      end: (end: AttemptEnd, seconds: number) => tracker.recordEnd(end, START + seconds),
    };
  }

  it("has windows one after the other, also before any response", () => {
    const { tracker, at } = createTracker();
    expect([at(0).ends, at(9.9).ends, at(10).ends, at(35).ends]).toEqual([10, 10, 20, 40]);
    expect([tracker.endAfter(START + 35), tracker.endAfter(START + 40), tracker.endAfter(START + 5)]).toEqual(
      [START + 40, START + 50, START + 10],
    );
  });

  it("counts attempts in the window that they leave in, and those that have ended", () => {
    const { tracker, at, end } = createTracker();
    tracker.recordStart(START + 1);
    tracker.recordStart(START + 1);
    expect(tracker.inFlight.count(START + 1)).toBe(2);
    end(ended(99), 2);
    expect(tracker.inFlight.count(START + 2)).toBe(1);
    expect(at(2)).toEqual({ ends: 10, remaining: 99, sent: 2, ended: 1 });
    tracker.recordStart(START + 11);
    expect(at(11)).toEqual({ ends: 20, remaining: undefined, sent: 1, ended: 0 });
  });

  it("moves to the window that a response names, and not back to one that is over", () => {
    const { at, end } = createTracker();
    end(ended(90, START + 13), 5);
    expect(at(5)).toMatchObject({ ends: 13, remaining: 90 });
    end(ended(95, START + 23), 13.5);
    end(ended(1, START + 13), 13.6);
    expect(at(13.6)).toMatchObject({ ends: 23, remaining: 95, ended: 1 });
  });

  it("drops a window that ends later than any can", () => {
    const { at, end } = createTracker();
    end(ended(0, START + 17), 5);
    end(ended(90, START + 10), 5);
    expect(at(5)).toMatchObject({ ends: 17, remaining: 0 });
    end(ended(0, START + 18), 5);
    end(ended(90, START + 10), 5);
    expect(at(5)).toMatchObject({ ends: 10, remaining: 90 });
  });

  it("takes a reset that no window can have, or a limit that is missing, for no headers", () => {
    const { tracker, at, end } = createTracker();
    end(ended(50, START + 66), 5);
    end(ended(50, START + 2), 5);
    end({ ...ended(50), rateLimit: { remaining: 50, resetEpochSeconds: END } }, 5);
    end({ ...ended(50), rateLimit: { limit: 100, remaining: 50 } }, 5);
    expect(tracker.limit.value).toBeUndefined();
    expect(at(5)).toMatchObject({ ends: 10, remaining: undefined, ended: 4 });
    end(ended(50, START + 65), 5);
    expect(tracker.limit.value).toBe(100);
  });

  it("knows a window as used up once it has refused an attempt, with headers or without", () => {
    const { at, end } = createTracker();
    end(ended(50, END, { windowUsedUp: true }), 5);
    expect(at(5)).toMatchObject({ remaining: 0 });
    const bare = createTracker();
    bare.end(endedWithoutHeaders({ windowUsedUp: true }), 5);
    expect(bare.at(5)).toMatchObject({ remaining: 0, ended: 1 });
  });

  it("keeps what it knows when a response names a limit only", () => {
    const { tracker, at, end } = createTracker();
    end(ended(undefined), 5);
    expect(at(5)).toMatchObject({ remaining: undefined, ended: 1 });
    expect(tracker.usage.othersPerSecond).toBe(0);
  });

  it("forgets what was left with the limit, and not how many have ended", () => {
    const { tracker, at, end } = createTracker();
    end(ended(50), 5);
    end(endedWithoutHeaders({ expectsHeaders: false }), 6);
    expect(at(6)).toMatchObject({ remaining: 50, ended: 2 });
    end(endedWithoutHeaders(), 6);
    expect(tracker.limit.value).toBeUndefined();
    expect(at(6)).toEqual({ ends: 10, remaining: undefined, sent: 0, ended: 3 });
  });

  it("is on the server's clock, as the last response with headers showed it", () => {
    const { tracker, at, end } = createTracker();
    end(ended(50, END + 100, { serverEpochSeconds: START + 105 }), 5);
    expect(tracker.serverNow(START + 6)).toBe(START + 106);
    end(endedWithoutHeaders({ serverEpochSeconds: START, windowUsedUp: true }), 6);
    expect(tracker.serverNow(START + 6)).toBe(START + 106);
    expect(at(106)).toMatchObject({ ends: 110, remaining: 0 });
  });

  it("learns what others use from the time between two responses, and when the older one left", () => {
    const { tracker, end } = createTracker();
    tracker.windowAt(START);
    end(ended(100), 0);
    expect(tracker.usage.othersPerSecond).toBe(0);
    end(ended(59, END, { durationSeconds: 0.5 }), 2);
    const kept = Math.exp(-1);
    const own = kept + ((1 - kept) * 2) / 2;
    expect(tracker.usage.othersPerSecond).toBeCloseTo((41 * (1 - kept) - own) / 2, 9);
    expect(tracker.windowAt(START + 2).observedEpochSeconds).toBe(START + 1.5);
  });

  it("learns nothing of others from a response that another overtook, nor when it came", () => {
    const { tracker, end } = createTracker();
    tracker.windowAt(START);
    end(ended(100), 0);
    end(ended(60), 2);
    const before = tracker.usage.othersPerSecond;
    end(ended(70), 3);
    expect(tracker.usage.othersPerSecond).toBeCloseTo(before - 0.5, 9);
    end(ended(40), 4);
    const usage = new Usage(2);
    for (const [total, seconds] of [
      [0, 0],
      [40, 2],
      [0, 0],
      [20, 2],
    ] as const) {
      usage.record(1, total, seconds);
    }
    expect(tracker.usage.othersPerSecond).toBeCloseTo(usage.othersPerSecond, 9);
  });

  it("forgets the limit at the first response without headers in a window that gave none", () => {
    const { tracker, end } = createTracker();
    for (const remaining of [60, 50]) end(ended(remaining), 5);
    end(endedWithoutHeaders(), 6);
    expect(tracker.limit.value).toBe(100);
    end(endedWithoutHeaders(), 16);
    expect(tracker.limit.value).toBeUndefined();
  });

  it("counts an attempt that was refused as none that was used", () => {
    const { tracker, end } = createTracker();
    tracker.windowAt(START);
    end(ended(50), 1);
    const { share } = tracker.usage;
    end(ended(50, END, { windowUsedUp: true }), 1);
    expect(tracker.usage.share).toBeLessThan(share);
  });

  it("takes usage to have continued until its window ended, unless nothing was left", () => {
    const usedOver = (remaining: number) => {
      const { tracker, end } = createTracker();
      tracker.windowAt(START);
      end(ended(remaining), 5);
      const before = tracker.usage.othersPerSecond;
      tracker.windowAt(START + 10);
      return tracker.usage.othersPerSecond / before;
    };
    expect(usedOver(50)).toBeCloseTo(1, 9);
    expect(usedOver(0)).toBeCloseTo(Math.exp(-5 / 2), 9);
  });

  it("lets usage fade in windows that nobody was seen in", () => {
    const { tracker, end } = createTracker();
    tracker.windowAt(START);
    end(ended(50), 5);
    const before = tracker.usage.othersPerSecond;
    tracker.windowAt(START + 25);
    expect(tracker.usage.othersPerSecond / before).toBeCloseTo(Math.exp(-10 / 2), 9);
  });

  it("takes a window to be seen from so long before its start as an attempt usually takes", () => {
    const { tracker, end } = createTracker();
    end(ended(50, END, { durationSeconds: 1 }), 5);
    expect(tracker.windowAt(START + 10).observedEpochSeconds).toBeCloseTo(START + 9.9, 6);
  });
});
