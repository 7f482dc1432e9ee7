import { describe, expect, it, vi } from "vitest";
import type { Admission, Applicant } from "../../../packages/core/src/rate-limit/admission.ts";
import type { WindowPlan } from "../../../packages/core/src/rate-limit/index.ts";
import { type ThrottledAttempt, ThrottleQueue } from "../../../packages/core/src/retry/throttle-queue.ts";

const START = 5000;
const FULL: Admission = { admitted: false, cause: "window", seconds: 2 };

/** A queue before a plan that says what the test says. */
function createQueue() {
  let now = START;
  let timers: { readonly at: number; readonly work: () => void }[] = [];
  const state = { admission: FULL as Admission, places: 0, leastSeconds: 0, unadmitted: 0 };
  const asked: Applicant[] = [];
  const delays: number[] = [];
  const plan = {
    admit(_local: number, applicant: Applicant): Admission {
      asked.push(applicant);
      if (state.places === 0) return state.admission;
      state.places -= 1;
      return { admitted: true };
    },
    recordStart(): void {
      state.unadmitted += 1;
    },
    leastWaitSeconds: vi.fn(() => state.leastSeconds),
  };
  const queue = new ThrottleQueue(plan as unknown as WindowPlan, {
    monotonicMilliseconds: () => now,
    epochMilliseconds: () => now,
    random: () => 0,
    setTimer(milliseconds, work) {
      delays.push(milliseconds);
      const timer = { at: now + milliseconds, work };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
  });
  const left: string[] = [];
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 4; turn += 1) await undefined;
  };
  return {
    state,
    asked,
    delays,
    left,
    queue,
    plan,
    settle,
    timers: () => timers.length,
    enter(name: string, attempt: Partial<ThrottledAttempt> = {}): boolean {
      const usual = { priority: "first", latestMilliseconds: START + 60_000, cancellations: [] } as const;
      const waiting = queue.enter({ ...usual, ...attempt });
      void waiting?.then(() => void left.push(name));
      return waiting !== undefined;
    },
    /** To this many milliseconds after the start, with all timers until then. */
    async runUntil(milliseconds: number): Promise<void> {
      await settle();
      for (let fired = 0; fired < 1000; fired += 1) {
        const due = timers.filter(({ at }) => at <= START + milliseconds).sort((a, b) => a.at - b.at)[0];
        if (!due) break;
        timers = timers.filter((other) => other !== due);
        now = Math.max(now, due.at);
        due.work();
        await settle();
      }
      now = START + milliseconds;
    },
  };
}

describe("an attempt that asks to leave", () => {
  it("leaves at once when there is room, and else waits no longer than the plan says", async () => {
    const { state, asked, delays, left, enter, runUntil } = createQueue();
    state.places = 1;
    expect([enter("a"), enter("b")]).toEqual([false, true]);
    expect(asked.slice(0, 2)).toEqual(Array(2).fill({ waiting: 1, pacing: false, mayProbe: true }));
    expect(new Set(delays)).toEqual(new Set([2000]));
    state.places = 1;
    await runUntil(1999);
    expect(left).toEqual([]);
    await runUntil(2000);
    expect(left).toEqual(["b"]);
    expect(state.unadmitted).toBe(0);
  });

  it("leaves at once when its deadline has come, or comes before it could leave", () => {
    const { state, enter, plan } = createQueue();
    expect(enter("late", { latestMilliseconds: START })).toBe(false);
    expect(state.unadmitted).toBe(1);
    state.leastSeconds = 2;
    expect(enter("in time", { latestMilliseconds: START + 2000 })).toBe(true);
    expect(enter("too late", { latestMilliseconds: START + 1999 })).toBe(false);
    expect(state.unadmitted).toBe(2);
    expect(plan.leastWaitSeconds.mock.calls).toEqual([
      [START / 1000, 1],
      [START / 1000, 2],
    ]);
  });

  it("leaves at its deadline when there is no room until then", async () => {
    const { state, left, enter, runUntil, timers } = createQueue();
    enter("a", { latestMilliseconds: START + 3000 });
    await runUntil(2999);
    expect(left).toEqual([]);
    await runUntil(3000);
    expect([left, state.unadmitted, timers()]).toEqual([["a"], 1, 0]);
  });

  it("is asked to wait for a first response for less than a second", async () => {
    const { state, asked, enter, runUntil } = createQueue();
    state.admission = { admitted: false, cause: "response", seconds: 0.5 };
    enter("a");
    await runUntil(1000);
    expect(asked.map(({ mayProbe }) => mayProbe).slice(-3)).toEqual([true, true, false]);
    expect(asked.every(({ pacing }) => !pacing)).toBe(true);
  });

  it("does not go before one that waits, whose turn has come", async () => {
    const { state, left, enter, settle } = createQueue();
    enter("a");
    state.places = 1;
    expect(enter("b")).toBe(true);
    await settle();
    expect(left).toEqual(["a"]);
  });
});

describe("those who wait", () => {
  it("leave in their order: a scroll, then retries, then the others", async () => {
    const { state, left, enter, queue, settle } = createQueue();
    for (const name of ["first", "second"]) enter(name);
    for (const name of ["retry", "later retry"]) enter(name, { priority: "retry" });
    enter("scroll", { priority: "scroll" });
    expect(queue.length).toBe(5);
    state.places = 5;
    queue.wake();
    await settle();
    expect(left).toEqual(["scroll", "retry", "later retry", "first", "second"]);
  });

  it("are counted, and leave at a pace from the first that had to wait for its turn until none is left", async () => {
    const { state, asked, enter, queue, runUntil } = createQueue();
    state.admission = { admitted: false, cause: "pace", seconds: 1 };
    for (const name of ["a", "b", "c"]) enter(name);
    asked.length = 0;
    await runUntil(1000);
    expect(asked).toEqual([{ waiting: 3, pacing: true, mayProbe: false }]);
    state.places = 4;
    queue.wake();
    asked.length = 0;
    enter("d");
    expect(asked).toEqual([{ waiting: 1, pacing: false, mayProbe: true }]);
  });

  it("behind one with time leave each at its own deadline, and not before", async () => {
    const { state, left, enter, runUntil } = createQueue();
    state.admission = { ...FULL, seconds: 100 } as Admission;
    enter("head");
    for (const seconds of [3, 1, 2]) enter(`${seconds} s`, { latestMilliseconds: START + seconds * 1000 });
    await runUntil(999);
    expect(left).toEqual([]);
    await runUntil(1000);
    expect(left).toEqual(["1 s"]);
    await runUntil(2000);
    expect(left).toEqual(["1 s", "2 s"]);
    await runUntil(3000);
    expect([left, state.unadmitted]).toEqual([["1 s", "2 s", "3 s"], 3]);
  });
});

describe("one whose call is canceled", () => {
  it("leaves at once, also where it is canceled before it asks", async () => {
    const { left, enter, settle, state } = createQueue();
    expect(enter("canceled", { cancellations: [AbortSignal.abort()] })).toBe(false);
    const controller = new AbortController();
    enter("a");
    enter("b", { cancellations: [undefined, controller.signal] });
    controller.abort();
    await settle();
    expect([left, state.unadmitted]).toEqual([["b"], 0]);
  });

  it.each(["first", "retry"] as const)("as a %s takes no turn of the others", async (priority) => {
    const { state, left, enter, queue, settle } = createQueue();
    const controller = new AbortController();
    enter("a");
    enter("b", { priority: "retry" });
    enter("canceled", { priority, cancellations: [controller.signal] });
    enter("c");
    enter("d", { priority: "retry" });
    controller.abort();
    expect(queue.length).toBe(4);
    state.places = 4;
    queue.wake();
    await settle();
    expect(left).toEqual(["canceled", "b", "d", "a", "c"]);
    expect(queue.length).toBe(0);
  });

  it("is not listened to any more once it has left", async () => {
    const { state, enter, queue, settle } = createQueue();
    const { signal } = new AbortController();
    const removed = vi.spyOn(signal, "removeEventListener");
    enter("a", { cancellations: [signal] });
    state.places = 1;
    queue.wake();
    await settle();
    expect(removed).toHaveBeenCalledTimes(1);
  });
});
