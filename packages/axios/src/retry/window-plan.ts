import type { RateLimit } from "@intercom-telemetry/core";
import type { Wait } from "./retry-decision.ts";
import { WindowUse } from "./window-use.ts";

/** How windows are planned. */
export interface WindowPlanOptions {
  readonly windowSeconds: number;
  readonly quotaShare: number;
  /** From 0 up to 1. */
  readonly random: () => number;
}

/** A timer may fire a millisecond early, and clocks agree to some milliseconds only. */
const AFTER_EDGE_SECONDS = 0.03;
/** A request that leaves at the end of a window would be counted in the next one. */
const BEFORE_EDGE_SECONDS = 0.05;
const LARGEST_PHASE_OF_WINDOW = 0.05;
/** A reset further away is no window of Intercom's; one that lies back by more than clocks differ has passed. */
const FURTHEST_RESET_SECONDS = 60;
const OLDEST_RESET_SECONDS = -2;
const MOST_WINDOWS_AHEAD = 400;
/** More than a plan looks ahead: a server that names another far-off reset with each answer must not make it grow. */
const MOST_WINDOWS_KEPT = 512;

/**
 * Places for requests in windows of the quota, shared by all calls of one policy. A place is an instant: the n-th of a
 * window lies at n/quota of its length, so that nobody's requests are ever faster than the quota allows and nobody
 * returns at the window's edge together with the others. All instants are on the server's clock.
 */
export class WindowPlan {
  readonly #options: WindowPlanOptions;
  readonly #windows = new Map<number, WindowUse>();
  #limit: number | undefined;
  #knownEndEpochSeconds = 0;
  #offsetSeconds = 0;

  constructor(options: WindowPlanOptions) {
    this.#options = options;
  }

  /** Takes in that a request has ended, and what its answer said of the quota, if it did. */
  observe(rateLimit: RateLimit | undefined, serverEpochSeconds: number, localEpochSeconds: number): void {
    const { limit, remaining, resetEpochSeconds = 0 } = rateLimit ?? {};
    const leftSeconds = resetEpochSeconds - serverEpochSeconds;
    if (limit === undefined || leftSeconds > FURTHEST_RESET_SECONDS || leftSeconds < OLDEST_RESET_SECONDS) {
      this.noteEnd(localEpochSeconds);
      return;
    }
    this.#limit = limit;
    this.#knownEndEpochSeconds = resetEpochSeconds;
    this.#offsetSeconds = serverEpochSeconds - localEpochSeconds;
    const use = this.#use(resetEpochSeconds);
    use.answered += 1;
    if (remaining !== undefined) use.lower(remaining);
  }

  /** Takes in that a request has ended, whose answer says nothing of the quota. */
  noteEnd(localEpochSeconds: number): void {
    this.#useAt(localEpochSeconds + this.#offsetSeconds).answered += 1;
  }

  /** Nothing more goes in this window. */
  close(endEpochSeconds: number): void {
    this.#use(endEpochSeconds).lower(0);
  }

  /**
   * Takes a place.
   *
   * @param notBeforeEpochSeconds server's clock.
   * @returns `undefined` while the size of the quota is not known.
   */
  reserve(localEpochSeconds: number, notBeforeEpochSeconds: number): Wait | undefined {
    if (this.#limit === undefined) return undefined;
    const { windowSeconds } = this.#options;
    const serverEpochSeconds = localEpochSeconds + this.#offsetSeconds;
    this.#forgetBefore(serverEpochSeconds - windowSeconds);
    const firstEnd = this.#endAfter(notBeforeEpochSeconds);
    for (let ahead = 0; ahead < MOST_WINDOWS_AHEAD; ahead += 1) {
      const windowEndEpochSeconds = firstEnd + ahead * windowSeconds;
      const start = Math.max(windowEndEpochSeconds - windowSeconds, notBeforeEpochSeconds);
      const at = this.#takePlace(windowEndEpochSeconds, start);
      if (at !== undefined) return { seconds: Math.max(0, at - serverEpochSeconds), windowEndEpochSeconds };
    }
    return undefined;
  }

  /** Gives a place back, unused or about to be used. */
  release(windowEndEpochSeconds: number): void {
    const use = this.#windows.get(windowEndEpochSeconds);
    if (use && use.reserved > 0) use.reserved -= 1;
  }

  /**
   * Counts a send that is about to leave, when the window in force has room for it.
   *
   * @param scouts sends that may leave into a window from which nothing was heard yet; the answers of the first tell
   *   how much is left for the others.
   * @returns whether it may leave; `"unheard"` when it should wait for the first answers, `"full"` for a later window.
   */
  admit(localEpochSeconds: number, scouts: number): "yes" | "unheard" | "full" {
    const serverEpochSeconds = localEpochSeconds + this.#offsetSeconds;
    const use = this.#useAt(serverEpochSeconds);
    if (this.#limit !== undefined && use.room(this.#capacity(this.#limit)) <= 0) return "full";
    if (use.answered === 0 && use.sent >= scouts) return "unheard";
    use.sent += 1;
    return "yes";
  }

  /** End of the window in force, on the server's clock. */
  endOfWindow(localEpochSeconds: number): number {
    return this.#endAfter(localEpochSeconds + this.#offsetSeconds);
  }

  #takePlace(endEpochSeconds: number, startEpochSeconds: number): number | undefined {
    const { windowSeconds, random } = this.#options;
    const use = this.#use(endEpochSeconds);
    const lengthSeconds = endEpochSeconds - startEpochSeconds;
    const capacity = this.#capacity(((this.#limit ?? 0) * lengthSeconds) / windowSeconds);
    const offsetSeconds = AFTER_EDGE_SECONDS + use.phaseSeconds;
    const usableSeconds = lengthSeconds - offsetSeconds - BEFORE_EDGE_SECONDS;
    if (usableSeconds <= 0 || use.room(capacity) <= 0) return undefined;
    const place = Math.min(1, (use.reserved + random()) / capacity);
    use.reserved += 1;
    return startEpochSeconds + offsetSeconds + place * usableSeconds;
  }

  #capacity(quota: number): number {
    return Math.max(1, Math.floor(quota * this.#options.quotaShare));
  }

  #endAfter(serverEpochSeconds: number): number {
    const { windowSeconds } = this.#options;
    const windows = Math.floor((serverEpochSeconds - this.#knownEndEpochSeconds) / windowSeconds) + 1;
    return this.#knownEndEpochSeconds + windows * windowSeconds;
  }

  #useAt(serverEpochSeconds: number): WindowUse {
    this.#forgetBefore(serverEpochSeconds - this.#options.windowSeconds);
    return this.#use(this.#endAfter(serverEpochSeconds));
  }

  #use(endEpochSeconds: number): WindowUse {
    const known = this.#windows.get(endEpochSeconds);
    if (known) return known;
    const [oldest] = this.#windows.keys();
    if (this.#windows.size >= MOST_WINDOWS_KEPT && oldest !== undefined) this.#windows.delete(oldest);
    const { random, windowSeconds } = this.#options;
    const use = new WindowUse(random() * LARGEST_PHASE_OF_WINDOW * windowSeconds);
    this.#windows.set(endEpochSeconds, use);
    return use;
  }

  #forgetBefore(epochSeconds: number): void {
    if (this.#windows.size < 3) return;
    for (const end of this.#windows.keys()) if (end < epochSeconds) this.#windows.delete(end);
  }
}
