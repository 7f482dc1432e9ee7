import { describe, expect, it } from "vitest";
import { RetrySlots, type SlotRequest } from "../../packages/core/src/rate-limit/retry-slots.ts";

const NOW = 1_800_000_005;
const END = 1_800_000_010;

function createSlots(drawn = 0) {
  const slots = new RetrySlots(10, () => drawn);
  const reserve = (more: Partial<SlotRequest> = {}) =>
    slots.reserve({
      perWindow: 4,
      nowEpochSeconds: NOW,
      notBeforeEpochSeconds: END,
      firstEndEpochSeconds: END + 10,
      ...more,
    });
  /** Seconds after the end of the current window. */
  const after = (more: Partial<SlotRequest> = {}) =>
    Number(((reserve(more)?.epochSeconds ?? Number.NaN) - END).toFixed(6));
  return { slots, reserve, after };
}

/** What a window has between its two edges. */
const USABLE = 9.92;
const round = (value: number) => Number(value.toFixed(6));

describe("slots of a window", () => {
  it("lie at the pace of the quota behind its edge, and continue in the next window", () => {
    const { after } = createSlots();
    const expected = [0, 1, 2, 3].map((n) => round(0.03 + (n / 4) * USABLE));
    expect([after(), after(), after(), after()]).toEqual(expected);
    expect(after()).toBe(10.03);
  });

  it("lie behind a phase and within their part of the window as chance has it", () => {
    const { after } = createSlots(0.5);
    expect(after()).toBe(round(0.28 + 0.125 * (USABLE - 0.25)));
    // The next window has another phase.
    for (let slot = 0; slot < 3; slot += 1) after();
    expect(after()).toBe(round(10.28 + 0.125 * (USABLE - 0.25)));
  });

  it("are as many as the rest of a window has at that pace, and one at least", () => {
    const half = { notBeforeEpochSeconds: END + 5 };
    const { after } = createSlots();
    expect([after(half), after(half), after(half)]).toEqual([5.03, round(5.03 + 0.5 * 4.92), 10.03]);
    const one = createSlots();
    const late = { notBeforeEpochSeconds: END + 9 };
    expect([one.after(late), one.after(late)]).toEqual([9.03, 10.03]);
  });

  it("need some time between the edges", () => {
    expect(createSlots().after({ notBeforeEpochSeconds: END + 9.92 })).toBe(10.03);
    expect(createSlots().after({ notBeforeEpochSeconds: END + 9.9 })).toBe(9.93);
    // Here the edges meet.
    expect(createSlots(0.09).after({ notBeforeEpochSeconds: END + 9.875 })).toBeGreaterThan(10);
  });

  it("never lie behind the window, however many were reserved for more of it", () => {
    const { after } = createSlots(0.9);
    const last = round(0.03 + 0.45 + (3.9 / 4) * (USABLE - 0.45));
    expect([after(), after(), after(), after()].at(-1)).toBe(last);
  });

  it("are taken again once they were returned, and not more often", () => {
    const { slots, reserve, after } = createSlots();
    const slot = reserve({ perWindow: 1 });
    if (!slot) throw new Error("expected a slot");
    expect(slot.windowEndEpochSeconds).toBe(END + 10);
    slots.release(slot);
    slots.release(slot);
    expect([after({ perWindow: 1 }), after({ perWindow: 1 })]).toEqual([0.03, 10.03]);
    slots.release({ epochSeconds: END + 995, windowEndEpochSeconds: END + 1000 });
  });
});

describe("the plan of windows", () => {
  it("ends after 400 of them", () => {
    const { reserve } = createSlots();
    const taken = Array.from({ length: 400 }, () => reserve({ perWindow: 1 })?.windowEndEpochSeconds);
    expect(taken.at(-1)).toBe(END + 4000);
    expect(reserve({ perWindow: 1 })).toBeUndefined();
  });

  it("forgets windows that ended more than a window ago", () => {
    const { after } = createSlots();
    const at = (window: number, nowEpochSeconds = NOW) =>
      after({
        perWindow: 1,
        nowEpochSeconds,
        notBeforeEpochSeconds: END + window * 10,
        firstEndEpochSeconds: END + 10 + window * 10,
      });
    expect([at(0), at(1), at(2)]).toEqual([0.03, 10.03, 20.03]);
    expect(at(0, END + 20)).toBe(30.03);
    expect(at(0, END + 20.1)).toBe(0.03);
  });

  it("keeps no more than 512 windows, and drops the oldest", () => {
    const { after } = createSlots();
    const at = (window: number) =>
      after({
        perWindow: 1,
        notBeforeEpochSeconds: END + window * 10,
        firstEndEpochSeconds: END + 10 + window * 10,
      });
    for (let window = 0; window < 512; window += 1) at(window);
    expect(at(511)).toBe(5120.03);
    expect(at(1)).not.toBe(10.03);
    expect(at(0)).toBe(0.03);
  });
});
