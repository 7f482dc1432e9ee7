import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { isCanceled, onCanceled, sleep } from "../../../packages/core/src/retry/sleep.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** What is used of a CancelToken of axios. */
function createCancelToken() {
  const listeners = new Set<() => void>();
  const token = {
    reason: undefined as unknown,
    subscribe: (listener: () => void) => void listeners.add(listener),
    unsubscribe: (listener: () => void) => void listeners.delete(listener),
  };
  const cancel = (): void => {
    token.reason = "canceled";
    for (const listener of listeners) listener();
  };
  return { token, listeners, cancel };
}

/** A sleep, and how it ended: whether the caller gave up. */
function startSleep(seconds: number, ...cancellations: unknown[]) {
  const ends: boolean[] = [];
  void sleep(seconds, ...cancellations).then((gaveUp) => void ends.push(gaveUp));
  return ends;
}

describe("whether the caller has given up", () => {
  it.each([undefined, null, 0, "aborted", {}, { aborted: true }, { reason: "canceled" }])(
    "is never so for %j, which cannot cancel",
    (value) => {
      expect(isCanceled(value)).toBe(false);
      onCanceled(value, () => expect.unreachable())();
    },
  );

  it("shows in a signal and in a cancel token", () => {
    const controller = new AbortController();
    const { token, cancel } = createCancelToken();
    expect([controller.signal, token].map(isCanceled)).toEqual([false, false]);
    controller.abort();
    cancel();
    expect([controller.signal, token].map(isCanceled)).toEqual([true, true]);
  });
});

describe("those who wait for one signal", () => {
  it("are each called once, the same function once for each wait", () => {
    const controller = new AbortController();
    const listener = vi.fn();
    const stops = [1, 2, 3].map(() => onCanceled(controller.signal, listener));
    stops[0]?.();
    controller.abort();
    expect(listener).toHaveBeenCalledTimes(2);
  });

  it("are all called when one of them stops the others", () => {
    const controller = new AbortController();
    const called: string[] = [];
    const stops: (() => void)[] = [];
    for (const name of ["first", "second"]) {
      stops.push(
        onCanceled(controller.signal, () => {
          called.push(name);
          for (const stop of stops) stop();
        }),
      );
    }
    controller.abort();
    expect(called).toEqual(["first", "second"]);
  });

  it("share one listener, which goes with the last of them and comes back for the next", () => {
    const { signal } = new AbortController();
    const added = vi.spyOn(signal, "addEventListener");
    const removed = vi.spyOn(signal, "removeEventListener");
    const stops = [1, 2].map(() => onCanceled(signal, () => {}));
    expect(added).toHaveBeenCalledTimes(1);
    stops[0]?.();
    stops[0]?.();
    expect(removed).not.toHaveBeenCalled();
    stops[1]?.();
    stops[1]?.();
    expect(removed.mock.calls).toEqual(added.mock.calls);
    onCanceled(signal, () => {});
    expect(added).toHaveBeenCalledTimes(2);
  });
});

describe("a sleep", () => {
  it("ends after its time, rounded up to a millisecond", async () => {
    const ends = startSleep(0.0101);
    await vi.advanceTimersByTimeAsync(10);
    expect(ends).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(ends).toEqual([false]);
  });

  it("ends when a signal is aborted, and leaves neither timer nor listener", async () => {
    const controller = new AbortController();
    const { token, listeners } = createCancelToken();
    const removed = vi.spyOn(controller.signal, "removeEventListener");
    const ends = startSleep(60, controller.signal, token, undefined);
    expect(listeners.size).toBe(1);
    controller.abort();
    await vi.advanceTimersByTimeAsync(0);
    expect(ends).toEqual([true]);
    expect([vi.getTimerCount(), listeners.size]).toEqual([0, 0]);
    expect(removed).toHaveBeenCalledTimes(1);
  });

  it("ends when a cancel token is canceled", async () => {
    const { token, cancel } = createCancelToken();
    const ends = startSleep(60, token);
    cancel();
    await vi.advanceTimersByTimeAsync(0);
    expect(ends).toEqual([true]);
  });

  it("does not begin once the caller has given up", async () => {
    const ends = startSleep(60, undefined, AbortSignal.abort());
    await vi.advanceTimersByTimeAsync(1);
    expect(ends).toEqual([true]);
  });
});
