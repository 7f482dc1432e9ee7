import { describe, expect, it } from "vitest";
import { Pace, type WindowRest } from "../../packages/core/src/rate-limit/pace.ts";
import { Usage } from "../../packages/core/src/rate-limit/usage.ts";

const NOW = 1_800_000_000;
const rest = (more: Partial<WindowRest> = {}): WindowRest => ({
  limit: 1000,
  left: 1000,
  seconds: 10.05,
  nowEpochSeconds: NOW,
  ...more,
});

/** A process with this part of what is used, of a quota of which others use so much. */
function usageOf(share: number, othersPerSecond: number): Usage {
  const usage = new Usage(2);
  const others = othersPerSecond * 2;
  const own = share === 1 ? 1 : (others * share) / (1 - share);
  usage.record(own, own + others, 0);
  return usage;
}

/** A pace whose credit begins at 0 at `NOW`. */
function createPace(): Pace {
  const pace = new Pace(10, () => 0);
  pace.restart(NOW);
  return pace;
}

describe("the share of a process", () => {
  it("is all while nothing is known of others", () => {
    expect(new Usage(2)).toMatchObject({ share: 1, othersPerSecond: 0 });
  });

  it("is its part of what was used, and never more than all", () => {
    expect(usageOf(0.25, 30).share).toBeCloseTo(0.25, 12);
    const usage = new Usage(2);
    usage.record(5, 3, 0);
    expect(usage).toMatchObject({ share: 1, othersPerSecond: 0 });
  });

  it("stays while nobody uses anything, and what others use fades to 1/e in the time of its memory", () => {
    const usage = usageOf(0.25, 30);
    usage.record(0, 0, 2);
    expect(usage.share).toBeCloseTo(0.25, 12);
    expect(usage.othersPerSecond).toBeCloseTo(30 / Math.E, 12);
  });

  it("counts what was used over a while as if it had been used evenly", () => {
    const usage = new Usage(2);
    usage.record(0, 10, 2);
    expect(usage.othersPerSecond).toBeCloseTo(5 * (1 - 1 / Math.E), 12);
    const instant = new Usage(2);
    instant.record(0, 10, 0.0009);
    expect(instant.othersPerSecond).toBe(5);
    const short = new Usage(2);
    short.record(0, 10, 0.001);
    expect(short.othersPerSecond).toBeCloseTo(5 * (1 - 0.00025), 6);
  });
});

describe("there is room to leave at once", () => {
  const hasRoom = (left: number, share: number, waiting = 1, underWay = 0) =>
    createPace().hasRoom(
      { waiting, underWay },
      rest({ left, seconds: 4 }),
      usageOf(share, share === 1 ? 0 : 30),
    );

  it("for one that uses the quota alone, down to the last request", () => {
    expect([hasRoom(10, 1, 10), hasRoom(9.99, 1, 10)]).toEqual([true, false]);
  });

  it("for one that shares it while others get as much as lately, as much as they ask for now, and a tenth is spare", () => {
    // 10 waiting and 5 under way at a quarter are 60 of everybody's, 5 of them gone; 120 for others; 75 spare.
    expect([hasRoom(250.01, 0.25, 10, 5), hasRoom(249.99, 0.25, 10, 5)]).toEqual([true, false]);
  });

  it("for one that used next to nothing lately as if it used a twentieth", () => {
    // 20 of everybody's; 120 for others; 99 spare.
    expect([hasRoom(239.01, 0.01), hasRoom(238.99, 0.01)]).toEqual([true, false]);
  });
});

describe("a process that paces itself", () => {
  it("alone, uses what is left by the end of the window", () => {
    const pace = createPace();
    expect(pace.take(rest(), usageOf(1, 0))).toBeCloseTo(0.01, 12);
    expect(pace.take(rest({ nowEpochSeconds: NOW + 0.005 }), usageOf(1, 0))).toBeCloseTo(0.005, 6);
    expect(pace.take(rest({ nowEpochSeconds: NOW + 0.01001 }), usageOf(1, 0))).toBe(0);
    expect(pace.take(rest({ nowEpochSeconds: NOW + 0.01001 }), usageOf(1, 0))).toBeCloseTo(0.00999, 5);
  });

  it("beside others, takes a little more than its share of all but a margin", () => {
    const share = 0.25;
    const margin = (1 - share) * (0.005 * 1000 + 0.15 / share);
    const perSecond = ((1000 - margin) / 10) * 0.27 ** 0.9;
    expect(createPace().take(rest(), usageOf(share, 30))).toBeCloseTo(1 / perSecond, 9);
  });

  it("beside very many, leaves at most a part of the quota", () => {
    const share = 0.001;
    const margin = (1 - share) * 0.04 * 1000;
    const perSecond = ((1000 - margin) / 10) * 0.021 ** 0.9;
    expect(createPace().take(rest(), usageOf(share, 300))).toBeCloseTo(1 / perSecond, 9);
  });

  it("saves up the credit of a tenth of a second, and of one request at least", () => {
    const leave = (left: number): number => {
      const pace = createPace();
      let count = 0;
      while (count < 1000 && pace.take(rest({ left, nowEpochSeconds: NOW + 5 }), usageOf(1, 0)) === 0)
        count += 1;
      return count;
    };
    expect([leave(1000), leave(500), leave(20)]).toEqual([10, 5, 1]);
  });

  it("gets no credit for a clock that went back, and asks again in a twentieth of the window at the latest", () => {
    const pace = createPace();
    expect(pace.take(rest({ left: 10, nowEpochSeconds: NOW - 5 }), usageOf(1, 0))).toBe(0.5);
    expect(createPace().take(rest({ left: 0 }), usageOf(1, 0))).toBe(0.5);
    expect(createPace().take(rest({ left: -5 }), usageOf(1, 0))).toBe(0.5);
  });

  it("divides by no less than a thousandth of the window at its end", () => {
    expect(createPace().take(rest({ left: 1, seconds: 0.01 }), usageOf(1, 0))).toBeCloseTo(0.01, 9);
  });

  it("begins with a part of one request that chance gives, and again after a pause", () => {
    const draws = [0.5, 0.75];
    const pace = new Pace(10, () => draws.shift() ?? 0);
    // Its first clock is far in the past.
    expect(pace.take(rest(), usageOf(1, 0))).toBe(0);
    pace.restart(NOW);
    expect(pace.take(rest(), usageOf(1, 0))).toBeCloseTo(0.0025, 12);
  });
});
