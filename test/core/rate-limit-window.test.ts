import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { RateLimitWindow, type WindowReading } from "../../packages/core/src/rate-limit/window.ts";

const RESET = 1_795_552_930;
const reading = (remaining: number, resetEpochSeconds = RESET, limit = 100): WindowReading => ({
  limit,
  remaining,
  resetEpochSeconds,
});

/** A window with the observations it has made. */
function createWindow() {
  const window = new RateLimitWindow();
  const closed: number[] = [];
  const onClosed = (usageRatio: number): void => void closed.push(usageRatio);
  return {
    window,
    closed,
    observe: (read: WindowReading, now: number, serverNow: number | undefined = now) =>
      window.observe(read, () => now, serverNow, onClosed),
    close: (now: number) => window.closeWhenEnded(now, onClosed),
  };
}

describe("the last known window", () => {
  it("is unknown before the first response", () => {
    expect(new RateLimitWindow().read(RESET)).toBeUndefined();
  });

  it("keeps the lowest value inside one window, in whatever order the responses come", () => {
    const { window, observe } = createWindow();
    for (const remaining of [90, 70, 80]) observe(reading(remaining), RESET - 5);
    expect(window.read(RESET - 5)).toEqual(reading(70));
  });

  it("is replaced by a newer one, and an older response does not bring it back", () => {
    const { window, observe } = createWindow();
    observe(reading(10), RESET - 1);
    observe(reading(99, RESET + 10), RESET + 1);
    expect(observe(reading(5), RESET + 1)).toBe(true);
    expect(window.read(RESET + 1)).toEqual(reading(99, RESET + 10));
  });

  it("reads as full once it has ended", () => {
    const { window, observe } = createWindow();
    observe(reading(3), RESET - 5);
    expect(window.read(RESET - 0.001)?.remaining).toBe(3);
    expect(window.read(RESET)?.remaining).toBe(100);
  });

  it("is observed once when it has ended, by a newer response or by a scrape", () => {
    const { observe, close, closed } = createWindow();
    observe(reading(25), RESET - 5);
    close(RESET - 1);
    expect(closed).toEqual([]);
    close(RESET);
    expect(closed).toEqual([0.75]);
    close(RESET + 1);
    observe(reading(90, RESET + 10), RESET + 1);
    observe(reading(80, RESET + 20), RESET + 11);
    expect(closed).toEqual([0.75, 0.1]);
  });

  it("does not move to a reset far in the future or in the past", () => {
    const { window, observe, closed } = createWindow();
    observe(reading(50), RESET - 5);
    expect(observe(reading(1, RESET + 31_536_000), RESET - 4)).toBe(false);
    expect(observe(reading(1, RESET - 86_400), RESET - 4)).toBe(false);
    expect(window.read(RESET - 4)).toEqual(reading(50));
    expect(closed).toEqual([]);
  });

  it.each([-7200, -30, 30, 7200])(
    "ends when the server's does, with a local clock off by %i s",
    (offSeconds) => {
      const { window, observe } = createWindow();
      observe(reading(3), RESET - 5 + offSeconds, RESET - 5);
      expect(window.read(RESET - 0.5 + offSeconds)?.remaining).toBe(3);
      expect(window.read(RESET + 0.5 + offSeconds)?.remaining).toBe(100);
    },
  );

  it("follows a server whose clock was set back", () => {
    const { window, observe } = createWindow();
    observe(reading(3), RESET - 5);
    const earlier = RESET - 3600;
    expect(observe(reading(70, earlier), RESET - 4, earlier - 9)).toBe(true);
    expect(window.read(RESET - 3)).toEqual(reading(70, earlier));
  });
});

/** The local clock of somebody who has set it wrong: it never agrees with the server's. */
const OFF_SECONDS = 100_000;

describe("a late response of an earlier window", () => {
  it.each([1, 10, 120])("counts as used and changes nothing, %i s behind", (behindSeconds) => {
    const { window, observe, closed } = createWindow();
    observe(reading(90), RESET - 5);
    expect(observe(reading(5, RESET - behindSeconds), RESET - 4)).toBe(true);
    expect(window.read(RESET - 4)).toEqual(reading(90));
    expect(closed).toEqual([]);
  });

  it("changes nothing when its own clock is the wrong one", () => {
    const { window, observe } = createWindow();
    observe(reading(90), RESET - 5);
    expect(observe(reading(5, RESET - 50), RESET - 4, RESET - 55)).toBe(true);
    expect(window.read(RESET - 4)).toEqual(reading(90));
  });

  it("is not used when it is further behind than a response can be late", () => {
    const { window, observe } = createWindow();
    observe(reading(90), RESET - 5);
    expect(observe(reading(5, RESET - 121), RESET - 4)).toBe(false);
    expect(window.read(RESET - 4)).toEqual(reading(90));
  });
});

describe("a window that one response with a wrong clock has opened", () => {
  it("is replaced once a response shows that it ends further ahead than any window", () => {
    const { window, observe, close, closed } = createWindow();
    observe(reading(3, RESET + 100), RESET - 5 + OFF_SECONDS, RESET + 95);
    const now = RESET - 4 + OFF_SECONDS;
    expect(observe(reading(70), now, RESET - 4)).toBe(true);
    expect(window.read(now)).toEqual(reading(70));
    // Nothing is reported of a window that never was.
    close(Number.POSITIVE_INFINITY);
    expect(closed).toEqual([0.3]);
  });

  it("stays while it could be a window of the server's", () => {
    const { window, observe } = createWindow();
    observe(reading(3, RESET + 56), RESET - 5 + OFF_SECONDS, RESET + 51);
    const now = RESET - 4 + OFF_SECONDS;
    expect(observe(reading(70), now, RESET - 4)).toBe(true);
    expect(window.read(now)).toEqual(reading(3, RESET + 56));
  });

  it("is replaced by a response whose clock agrees with the local one", () => {
    const { window, observe, close, closed } = createWindow();
    observe(reading(3, RESET + 40), RESET - 5, RESET + 35);
    expect(observe(reading(70), RESET - 4)).toBe(true);
    expect(window.read(RESET - 4)).toEqual(reading(70));
    close(RESET);
    expect(closed).toEqual([0.3]);
  });
});

interface Sent {
  readonly gapSeconds: number;
  readonly cost: number;
  readonly delaySeconds: number;
}

const LIMIT = 100;

/** An honest server with windows of ten seconds, whose responses are slow and overtake one another. */
function deliver(requests: readonly Sent[], offSeconds: number) {
  const left = new Map<number, number>();
  let serverNow = RESET;
  const responses = requests.map(({ gapSeconds, cost, delaySeconds }) => {
    serverNow += gapSeconds;
    const reset = (Math.floor(serverNow / 10) + 1) * 10;
    const remaining = Math.max(0, (left.get(reset) ?? LIMIT) - cost);
    left.set(reset, remaining);
    const localSeconds = serverNow + delaySeconds + offSeconds;
    return { read: reading(remaining, reset, LIMIT), serverSeconds: Math.floor(serverNow), localSeconds };
  });
  return responses.sort((one, other) => one.localSeconds - other.localSeconds);
}

it("shows the newest window and its lowest value, and observes each window once, whatever the order", () => {
  const sent = fc.record({
    gapSeconds: fc.double({ min: 0, max: 6, noNaN: true }),
    cost: fc.integer({ min: 1, max: 30 }),
    delaySeconds: fc.double({ min: 0, max: 8, noNaN: true }),
  });
  const clock = fc.constantFrom(0, 1, -1, 45, -45, 100_000);
  fc.assert(
    fc.property(fc.array(sent, { minLength: 1, maxLength: 60 }), clock, (requests, offSeconds) => {
      const { window, observe, close, closed } = createWindow();
      const lowest = new Map<number, number>();
      let newest = 0;
      for (const { read, serverSeconds, localSeconds } of deliver(requests, offSeconds)) {
        const { remaining, resetEpochSeconds } = read;
        expect(observe(read, localSeconds, serverSeconds)).toBe(true);
        newest = Math.max(newest, resetEpochSeconds);
        // What comes late for a window that has been replaced changes nothing any more.
        if (resetEpochSeconds === newest) {
          lowest.set(newest, Math.min(lowest.get(newest) ?? LIMIT, remaining));
        }
        const shown = window.read(localSeconds);
        expect(shown?.resetEpochSeconds).toBe(newest);
        expect([lowest.get(newest), LIMIT]).toContain(shown?.remaining);
        const surelyOpen = Math.abs(offSeconds) <= 1 && localSeconds < newest - 3;
        if (surelyOpen) expect(shown?.remaining).toBe(lowest.get(newest));
      }
      close(Number.POSITIVE_INFINITY);
      expect(closed).toEqual([...lowest.values()].map((remaining) => (LIMIT - remaining) / LIMIT));
    }),
    { numRuns: 300 },
  );
});

it("survives any readings at any time: a share between 0 and 1, never more left than allowed", () => {
  const time = fc.integer({ min: RESET - 200, max: RESET + 200 });
  const any = fc.record({ limit: fc.integer({ min: 1, max: 50 }), used: fc.nat(50), reset: time, now: time });
  fc.assert(
    fc.property(fc.array(any), (readings) => {
      const { window, observe, closed } = createWindow();
      for (const { limit, used, reset, now } of readings) {
        observe(reading(Math.max(0, limit - used), reset, limit), now, undefined);
        const shown = window.read(now);
        if (shown) expect(shown.remaining).toBeLessThanOrEqual(shown.limit);
      }
      for (const share of closed) expect(share >= 0 && share <= 1).toBe(true);
    }),
    { numRuns: 300 },
  );
});
