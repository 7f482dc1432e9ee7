import { BEFORE_EDGE_SECONDS } from "./retry-slots.ts";
import type { Usage } from "./usage.ts";

/** What is left of a window at this moment. */
export interface WindowRest {
  readonly limit: number;
  /** Requests, an estimate. */
  readonly left: number;
  /** Until it ends. */
  readonly seconds: number;
  readonly nowEpochSeconds: number;
}

/** Attempts of this process that want to leave without being paced, and those that have left. */
export interface Unpaced {
  readonly waiting: number;
  readonly underWay: number;
}

/**
 * A process paces itself to `(share + CATCH_UP_SHARE) ** EQUALIZER` of what is left, where `share` is its part of what
 * was used lately. Both constants raise small shares more than large ones, so that shares become equal in some seconds
 * and a process that has just started gets its part. The sum is a little above 1; as the pace follows what is left,
 * that only uses the window a little earlier.
 */
const CATCH_UP_SHARE = 0.02;
const EQUALIZER = 0.9;

/** While less than this part of the quota is spare, a process that shares it paces itself. */
const CLEARANCE = 0.1;
/** A process that used little lately may use this part of what is left before it has seen the responses. */
const SMALLEST_SHARE = 0.05;

/**
 * What paced processes leave unused: others send in the same instant, and nobody sees it in time. It is a part of the
 * quota and a part of a request for each process, and at most another part of the quota.
 */
const MARGIN = 0.005;
const MARGIN_BY_PROCESS = 0.15;
const LARGEST_MARGIN = 0.04;

/** Credit that can be saved up, in seconds of the pace: bridges late timers. */
const CREDIT_SECONDS = 0.1;
const LONGEST_POLL_OF_WINDOW = 0.05;
const SHORTEST_REST_OF_WINDOW = 0.001;

function marginOf(limit: number, share: number): number {
  const margin = MARGIN * limit + MARGIN_BY_PROCESS / Math.max(share, Number.EPSILON);
  return (1 - share) * Math.min(margin, LARGEST_MARGIN * limit);
}

/**
 * Lets attempts leave evenly, at this process's share of the rate at which all processes use what is left
 * of a window. A token bucket whose rate follows the window.
 */
export class Pace {
  readonly #windowSeconds: number;
  readonly #random: () => number;
  #credit: number;
  #epochSeconds = 0;

  constructor(windowSeconds: number, random: () => number) {
    this.#windowSeconds = windowSeconds;
    this.#random = random;
    this.#credit = random();
  }

  /** After a pause: processes do not resume in the same instant. */
  restart(epochSeconds: number): void {
    this.#credit = this.#random();
    this.#epochSeconds = epochSeconds;
  }

  /**
   * Whether attempts can leave at once, and the others still get what they are likely to ask for. That is
   * as much as lately, and what this process asks for now in proportion to their shares.
   */
  hasRoom(
    attempts: Unpaced,
    { limit, left, seconds }: WindowRest,
    { share, othersPerSecond }: Usage,
  ): boolean {
    const { waiting, underWay } = attempts;
    const everybody = (waiting + underWay) / Math.max(share, SMALLEST_SHARE) - underWay;
    const clearance = limit * CLEARANCE * (1 - share);
    return everybody + othersPerSecond * seconds + clearance <= left;
  }

  /** Takes the credit for one attempt. @returns 0 when there was enough; else seconds until it is worth asking again. */
  take({ limit, left, seconds, nowEpochSeconds }: WindowRest, { share }: Usage): number {
    const usable = Math.max(seconds - BEFORE_EDGE_SECONDS, this.#windowSeconds * SHORTEST_REST_OF_WINDOW);
    const totalPerSecond = Math.max(0, left - marginOf(limit, share)) / usable;
    const perSecond = totalPerSecond * Math.min(1, (share + CATCH_UP_SHARE) ** EQUALIZER);
    const saved = perSecond * Math.max(0, nowEpochSeconds - this.#epochSeconds);
    this.#credit = Math.min(Math.max(1, perSecond * CREDIT_SECONDS), this.#credit + saved);
    this.#epochSeconds = nowEpochSeconds;
    if (this.#credit >= 1) {
      this.#credit -= 1;
      return 0;
    }
    const enoughSeconds = (1 - this.#credit) / Math.max(perSecond, Number.MIN_VALUE);
    return Math.min(enoughSeconds, this.#windowSeconds * LONGEST_POLL_OF_WINDOW);
  }
}
