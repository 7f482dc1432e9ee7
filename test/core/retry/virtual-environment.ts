import type { RetryEnvironment } from "@intercom-telemetry/core";
import { createRandom } from "../../../packages/simulator/src/random.ts";

/** A clock that stands still until it is moved, with its own timers. */
export interface VirtualClock {
  readonly seconds: () => number;
  readonly at: (seconds: number, work: () => void) => () => void;
  /** Runs everything that is due until then, in order; promises settle in between. */
  readonly runUntil: (seconds: number) => Promise<void>;
}

interface Timer {
  readonly seconds: number;
  readonly order: number;
  readonly work: () => void;
  canceled: boolean;
}

/** More timers in one instant than any test has: somebody sets the same one again and again. */
const MOST_TIMERS_AT_ONCE = 20_000;

const isEarlier = (one: Timer, other: Timer): boolean =>
  one.seconds < other.seconds || (one.seconds === other.seconds && one.order < other.order);

/** A binary heap: thousands of timers are set in a simulation. */
function createHeap() {
  const timers: Timer[] = [];
  const swap = (left: number, right: number): void => {
    const kept = timers[left] as Timer;
    timers[left] = timers[right] as Timer;
    timers[right] = kept;
  };
  const isBefore = (left: number, right: number): boolean => {
    const [one, other] = [timers[left], timers[right]];
    return one !== undefined && (other === undefined || isEarlier(one, other));
  };
  return {
    first: () => timers[0],
    push(timer: Timer): void {
      let index = timers.push(timer) - 1;
      while (index > 0 && isBefore(index, (index - 1) >> 1)) {
        swap(index, (index - 1) >> 1);
        index = (index - 1) >> 1;
      }
    },
    pop(): void {
      swap(0, timers.length - 1);
      timers.pop();
      for (let index = 0; ; ) {
        const left = 2 * index + 1;
        const next = isBefore(left + 1, left) ? left + 1 : left;
        if (!isBefore(next, index)) return;
        swap(next, index);
        index = next;
      }
    },
  };
}

const settlePromises = async (): Promise<void> => {
  for (let turn = 0; turn < 8; turn += 1) await undefined;
};

export function createVirtualClock(startSeconds = 0): VirtualClock {
  const heap = createHeap();
  let now = startSeconds;
  let order = 0;
  return {
    seconds: () => now,
    at(seconds, work) {
      order += 1;
      const timer = { seconds: Math.max(now, seconds), order, work, canceled: false };
      heap.push(timer);
      return () => {
        timer.canceled = true;
      };
    },
    async runUntil(seconds) {
      await settlePromises();
      let atOnce = 0;
      for (let timer = heap.first(); timer && timer.seconds <= seconds; timer = heap.first()) {
        heap.pop();
        if (timer.canceled) continue;
        atOnce = timer.seconds > now ? 0 : atOnce + 1;
        if (atOnce > MOST_TIMERS_AT_ONCE) throw new Error(`expected time to pass at ${now} s`);
        now = timer.seconds;
        timer.work();
        await settlePromises();
      }
      now = seconds;
    },
  };
}

/** The environment of one process on a virtual clock. */
export function virtualEnvironment(clock: VirtualClock, seed: number, offSeconds = 0): RetryEnvironment {
  return {
    monotonicMilliseconds: () => clock.seconds() * 1000,
    epochMilliseconds: () => (clock.seconds() + offSeconds) * 1000,
    random: createRandom(seed),
    setTimer: (milliseconds, work) => clock.at(clock.seconds() + milliseconds / 1000, work),
  };
}
