import { onTestFinished, vi } from "vitest";
import type { Time } from "./closed-window.ts";

const nextTurn = setImmediate;

/**
 * Time that passes only while no request is under way: waits of minutes take no time, and however slow the machine is,
 * a response comes before the next timer. Sockets are real.
 */
export function useVirtualTime(): Time {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date", "performance"] });
  onTestFinished(() => void vi.useRealTimers());
  let underWay = 0;
  return {
    async track(request) {
      underWay += 1;
      try {
        return await request;
      } finally {
        underWay -= 1;
      }
    },
    async pass(work) {
      let done = false;
      const settled = work.finally(() => {
        done = true;
      });
      while (!done) {
        await new Promise((resolve) => nextTurn(resolve));
        if (underWay === 0) await vi.advanceTimersToNextTimerAsync();
      }
      return settled;
    },
  };
}
