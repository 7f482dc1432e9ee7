import { describe, expect, it } from "vitest";
import type { Applicant } from "../../packages/core/src/rate-limit/admission.ts";
import { Pace } from "../../packages/core/src/rate-limit/pace.ts";
import { Usage } from "../../packages/core/src/rate-limit/usage.ts";
import { WindowPlan } from "../../packages/core/src/rate-limit/window-plan.ts";

const START = 1_800_000_000;
const END = START + 10;
const ADMITTED = { admitted: true };
const AWAIT_RESPONSE = { admitted: false, cause: "response", seconds: 0.05 };

/** A plan that began with the window, and the local clock in seconds since then. */
function createPlan({ quotaShare = 1, drawn = 0 } = {}) {
  const plan = new WindowPlan({ windowSeconds: 10, quotaShare, random: () => drawn });
  plan.leastWaitSeconds(START, 1);
  return {
    plan,
    admit: (seconds: number, more: Partial<Applicant> = {}) =>
      plan.admit(START + seconds, { waiting: 1, pacing: false, mayProbe: false, ...more }),
    start(seconds: number, attempts = 1) {
      for (let attempt = 0; attempt < attempts; attempt += 1) plan.recordStart(START + seconds);
    },
    /** A gateway responds, which knows no quota. */
    respondFromGateway(seconds: number) {
      const end = { rateLimit: undefined, serverEpochSeconds: undefined, durationSeconds: 0 };
      plan.recordEnd({ ...end, expectsHeaders: false, windowUsedUp: false }, START + seconds);
    },
    respond(
      seconds: number,
      remaining: number,
      { limit = 100, windowUsedUp = false, resetSeconds = 10 } = {},
    ) {
      const rateLimit = { limit, remaining, resetEpochSeconds: START + resetSeconds };
      const end = {
        rateLimit,
        serverEpochSeconds: undefined,
        durationSeconds: 0,
        expectsHeaders: true,
        windowUsedUp,
      };
      plan.recordEnd(end, START + seconds);
    },
    waitOf: (seconds: number, position: number) => plan.leastWaitSeconds(START + seconds, position),
    reserve: (seconds: number, notBeforeSeconds: number) =>
      Number(
        (
          (plan.reserve(START + seconds, START + notBeforeSeconds)?.epochSeconds ?? Number.NaN) - START
        ).toFixed(6),
      ),
  };
}

describe("while the size of the quota is not known", () => {
  it("five attempts may be under way before the first response, where one may be waited for", () => {
    const { admit } = createPlan();
    for (let attempt = 0; attempt < 5; attempt += 1) expect(admit(1, { mayProbe: true })).toEqual(ADMITTED);
    expect(admit(1, { mayProbe: true })).toEqual(AWAIT_RESPONSE);
    expect(admit(1)).toEqual(ADMITTED);
  });

  it("any number may leave once a response has come, and nobody has to wait", () => {
    const { plan, admit, start, waitOf } = createPlan();
    start(1, 50);
    const end = { rateLimit: undefined, serverEpochSeconds: undefined, durationSeconds: 0 };
    plan.recordEnd({ ...end, expectsHeaders: true, windowUsedUp: false }, START + 1);
    expect(admit(1, { mayProbe: true })).toEqual(ADMITTED);
    expect(waitOf(1, 1000)).toBe(0);
    expect(plan.reserve(START, END)).toBeUndefined();
  });
});

describe("while the first responses of a window are awaited", () => {
  it("as many more attempts may be under way as have ended", () => {
    const { admit, start, respond } = createPlan();
    start(1, 2);
    respond(1, 99);
    respond(1, 98);
    start(1, 6);
    expect(admit(1, { mayProbe: true })).toEqual(ADMITTED);
    expect(admit(1, { mayProbe: true })).toEqual(AWAIT_RESPONSE);
    expect(admit(1)).toEqual(ADMITTED);
  });
});

describe("a window that is used up", () => {
  it("admits none before the next has begun", () => {
    const { admit, respond } = createPlan();
    respond(4, 0, { windowUsedUp: true });
    expect(admit(4)).toEqual({ admitted: false, cause: "window", seconds: 6.03 });
    expect(admit(4, { mayProbe: true })).toEqual({ admitted: false, cause: "window", seconds: 6.03 });
    expect(admit(10.5)).toEqual(ADMITTED);
  });

  it("is one whose last requests are under way", () => {
    const { admit, start, respond } = createPlan();
    for (const remaining of [3, 2]) respond(4, remaining);
    start(4, 1);
    expect(admit(4)).not.toMatchObject({ cause: "window" });
    start(4, 1);
    expect(admit(4)).toEqual({ admitted: false, cause: "window", seconds: 6.03 });
  });

  it("is one of which this process has used its part", () => {
    const { admit, start, respond } = createPlan({ quotaShare: 0.05 });
    start(1, 4);
    for (const remaining of [99, 98, 97, 96]) respond(1, remaining);
    expect(admit(1)).toEqual(ADMITTED);
    expect(admit(1)).toMatchObject({ admitted: false, cause: "window" });
  });

  it("admits one where its part is less than one request", () => {
    const { admit, respond } = createPlan({ quotaShare: 0.001 });
    respond(1, 99);
    respond(1, 98);
    expect(admit(1)).toEqual(ADMITTED);
    expect(admit(1)).toMatchObject({ admitted: false, cause: "window" });
  });
});

describe("a limit that only one response gave", () => {
  it("is asked about every 0.2 seconds, and tried by one that may no longer be kept waiting", () => {
    const { admit, respond } = createPlan();
    respond(4, 0, { limit: 1 });
    expect(admit(4, { mayProbe: true })).toEqual({ admitted: false, cause: "window", seconds: 0.2 });
    expect(admit(9.9, { mayProbe: true })).toMatchObject({ seconds: expect.closeTo(0.13, 6) as number });
    expect(admit(4)).toEqual(ADMITTED);
    expect(admit(4)).toEqual({ admitted: false, cause: "window", seconds: 0.2 });
  });
});

describe("the shortest wait of an attempt in the queue", () => {
  it("is 0 within what is left, less what is under way", () => {
    const { start, respond, waitOf } = createPlan();
    respond(4, 10);
    start(4, 3);
    expect([waitOf(4, 7), waitOf(4, 8)]).toEqual([0, 6]);
  });

  it("is a window longer for each quota before it", () => {
    const { respond, waitOf } = createPlan();
    respond(4, 10, { limit: 50 });
    expect([60, 61, 110, 111].map((position) => waitOf(4, position))).toEqual([6, 16, 16, 26]);
    respond(4, 0, { limit: 50 });
    expect([1, 50, 51].map((position) => waitOf(4, position))).toEqual([6, 6, 16]);
  });

  it("counts what is under way beyond what is left as nothing, and a window whose rest is not known as full", () => {
    const { start, respond, waitOf } = createPlan();
    respond(4, 2, { limit: 50 });
    start(4, 4);
    expect([waitOf(4, 50), waitOf(4, 51)]).toEqual([6, 16]);
    expect([waitOf(11, 46), waitOf(11, 47)]).toEqual([0, 9]);
  });

  it("is by the part of the quota that this process may use", () => {
    const { respond, waitOf } = createPlan({ quotaShare: 0.1 });
    respond(4, 0, { limit: 50 });
    expect([5, 6].map((position) => waitOf(4, position))).toEqual([6, 16]);
  });
});

describe("a slot for a retry", () => {
  it("lies in the next window when this one is used up, else as early as asked", () => {
    const { respond, reserve } = createPlan();
    respond(4, 50);
    expect(reserve(4, 5)).toBe(5.03);
    respond(4, 0);
    expect(reserve(4, 5)).toBe(10.03);
    expect(reserve(4, 25)).toBe(25.03);
  });

  it("is one of those of this process's part, and free again once released", () => {
    const { plan, respond, reserve } = createPlan({ quotaShare: 0.01 });
    respond(4, 0);
    const slot = plan.reserve(START + 4, START + 4);
    expect(reserve(4, 4)).toBe(20.03);
    if (slot) plan.release(slot);
    expect(reserve(4, 4)).toBe(10.03);
  });
});

describe("a process that shares a window with others", () => {
  /** Others have used something for two seconds, this process little, and one of its attempts is under way. */
  function createShared(remaining = 80, drawn = 0) {
    const plan = createPlan({ drawn });
    for (const _response of [1, 2]) plan.respond(0, 100);
    plan.start(2);
    plan.respond(2, remaining);
    expect(plan.admit(2, { pacing: true })).toEqual(ADMITTED);
    const usage = new Usage(2);
    for (const _response of [1, 2]) usage.record(1, 0, 0);
    usage.record(1, 100 - remaining, 2);
    const pace = new Pace(10, () => drawn);
    const rest = (left: number, seconds: number) => ({
      limit: 100,
      left,
      seconds: START + 10 - (START + seconds),
      nowEpochSeconds: START + seconds,
    });
    pace.take(rest(remaining, 2), usage);
    return { ...plan, usage, pace, rest };
  }

  it.each([
    [80, 2, 0],
    [80, 2.1, 79 / 7.9],
    [80, 9.99, 300],
    [20, 2.05, Number.NaN],
  ])(
    "paces itself by what is left less what others use: %i left, at %d s",
    (remaining, seconds, perSecond) => {
      const { admit, usage, pace, rest } = createShared(remaining);
      const known = remaining - 1;
      const rate = Number.isNaN(perSecond) ? usage.othersPerSecond : (1 - usage.share) * perSecond;
      const used = Math.min(rate * (START + seconds - (START + 2)), 0.75 * known);
      const expected = pace.take(rest(known - used, seconds), usage);
      const admission = admit(seconds, { pacing: true });
      if (expected === 0) expect(admission).toEqual(ADMITTED);
      else expect(admission).toMatchObject({ cause: "pace", seconds: expect.closeTo(expected, 4) as number });
    },
  );

  it.each([1, 2, 3, 20])("leaves at once while there is room for all of %i that wait", (waiting) => {
    const { admit, usage, pace, rest } = createShared();
    const hasRoom = pace.hasRoom({ waiting, underWay: 1 }, rest(79, 2), usage);
    expect(hasRoom).toBe(waiting === 1);
    expect(admit(2, { waiting })).toMatchObject(hasRoom ? ADMITTED : { cause: "pace" });
    expect(createShared().admit(2, { waiting, pacing: true })).toMatchObject({ cause: "pace" });
  });

  it("after a window that was used up has one attempt leave soon, and then paces itself from its start", () => {
    const { admit, respond } = createShared(80, 0.5);
    respond(5, 0, { windowUsedUp: true });
    expect(admit(5, { pacing: true })).toMatchObject({ cause: "window" });
    for (const [seconds, left] of [
      [10.1, 0.18],
      [10.2, 0.08],
    ] as const) {
      expect(admit(seconds, { pacing: true })).toMatchObject({
        cause: "pace",
        seconds: expect.closeTo(left, 4) as number,
      });
    }
    expect(admit(10.3, { pacing: true })).toEqual(ADMITTED);
    expect(admit(10.3, { pacing: true })).toMatchObject({ cause: "pace" });
  });

  it("has no second one when a gateway responded to the first", () => {
    const { admit, respond, respondFromGateway } = createShared(80, 0.5);
    respond(5, 0, { windowUsedUp: true });
    admit(5, { pacing: true });
    expect(admit(10.3, { pacing: true })).toEqual(ADMITTED);
    respondFromGateway(10.31);
    expect(admit(10.31, { pacing: true })).toMatchObject({ cause: "pace" });
  });

  it("has no such attempt when its attempts were under way or were seen in the window", () => {
    const underWay = createShared(80, 0.5);
    underWay.start(4);
    underWay.respond(5, 0, { windowUsedUp: true });
    expect(underWay.admit(10.1, { pacing: true })).not.toMatchObject({
      seconds: expect.closeTo(0.18, 4) as number,
    });
    const seen = createShared(80, 0.5);
    seen.respond(5, 0, { windowUsedUp: true });
    seen.respond(10.1, 99, { resetSeconds: 20 });
    expect(seen.admit(10.1, { pacing: true })).not.toMatchObject({
      seconds: expect.closeTo(0.18, 4) as number,
    });
  });

  it("after a window that was not used up continues at its pace", () => {
    const { admit, respond } = createShared(80, 0.5);
    respond(5, 50);
    expect(admit(10.01, { pacing: true })).toEqual(ADMITTED);
  });
});

describe("what others are likely to have used since the last response", () => {
  it.each([
    [5000, "as fast as what is left lets them"],
    [300, "as fast as lately"],
  ])("of a quota of %i, is %s", (limit) => {
    const { admit, start, respond } = createPlan();
    const usage = new Usage(2);
    for (const _response of [1, 2]) {
      respond(0, limit, { limit });
      usage.record(1, 0, 0);
    }
    for (let attempt = 1; attempt <= 100; attempt += 1) {
      start(2);
      respond(2, limit - 2 * attempt, { limit });
      usage.record(1, 2, attempt === 1 ? 2 : 0);
    }
    const { share, othersPerSecond } = usage;
    const pace = new Pace(10, () => 0);
    const at = (left: number, seconds: number) =>
      pace.take({ limit, left, seconds: END - (START + seconds), nowEpochSeconds: START + seconds }, usage);
    let known = limit - 200;
    for (; at(known, 2) === 0; known -= 1) expect(admit(2, { pacing: true })).toEqual(ADMITTED);
    admit(2, { pacing: true });
    const paced = ((1 - share) * known) / (END - (START + 2.001));
    expect(paced > othersPerSecond).toBe(limit === 5000);
    const used = Math.max(paced, othersPerSecond) * (START + 2.001 - (START + 2));
    const seconds = at(known - used, 2.001);
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThan(0.5);
    expect(admit(2.001, { pacing: true })).toEqual({
      admitted: false,
      cause: "pace",
      seconds: expect.closeTo(seconds, 9) as number,
    });
  });
});
