import type { Admission, Applicant } from "./admission.ts";
import type { AttemptEnd } from "./attempt-end.ts";
import { CurrentWindow } from "./current-window.ts";
import { InFlight } from "./in-flight.ts";
import { Pace } from "./pace.ts";
import type { RetrySlot } from "./retry-slots.ts";
import { AFTER_EDGE_SECONDS, RetrySlots } from "./retry-slots.ts";
import { isPlausibleReset, serverClock } from "./server-clock.ts";
import { CLOCK_TOLERANCE_SECONDS, LONGEST_WINDOW_SECONDS } from "./tolerances.ts";
import { Usage } from "./usage.ts";

/** How windows are planned. */
export interface WindowPlanOptions {
  readonly windowSeconds: number;
  /** Part of each window's quota that this process uses at most. */
  readonly quotaShare: number;
  /** From 0 up to 1. */
  readonly random: () => number;
}

interface Reading {
  readonly remaining: number;
  readonly limit: number;
  /** Requests of this process that the window took with this response: 1, or 0 when it refused. */
  readonly own: number;
}

/** Attempts that may be under way in a window before its first response has told how much is left. */
const PROBES = 5;
const PROBE_POLL_SECONDS = 0.05;
/** Counts of usage fade in this part of a window. */
const MEMORY_OF_WINDOW = 0.2;
/** What others use between two of our responses is an estimate: it takes no more than this part of what was left. */
const LARGEST_ESTIMATE = 0.75;
/** A window that only one response ever gave is asked about this often. */
const UNCONFIRMED_POLL_SECONDS = 0.2;
/** Responses without headers, in a window that was confirmed, after which the limit is forgotten all the same. */
const MOST_UNCONFIRMED = 3;

const ADMITTED: Admission = { admitted: true };
const AWAIT_RESPONSE: Admission = { admitted: false, cause: "response", seconds: PROBE_POLL_SECONDS };

/**
 * The windows of one quota: how much of the current one is left, who uses it, and when an attempt may leave. All
 * processes with the same token see the same `remaining`, so each learns from its own responses what the others use;
 * they need not talk to one another. All instants are on the server's clock.
 */
export class WindowPlan {
  readonly #options: WindowPlanOptions;
  readonly #slots: RetrySlots;
  readonly #usage: Usage;
  readonly #pace: Pace;
  readonly #inFlight = new InFlight();
  #limit: number | undefined;
  /** Responses that gave this limit: one alone may be a mistake. */
  #confirmations = 0;
  #unconfirmed = 0;
  #offsetSeconds = 0;
  #window: CurrentWindow;
  /** `#usage` is up to date until here. */
  #countedEpochSeconds = 0;

  constructor(options: WindowPlanOptions) {
    const { windowSeconds, random } = options;
    this.#options = options;
    this.#slots = new RetrySlots(windowSeconds, random);
    this.#usage = new Usage(windowSeconds * MEMORY_OF_WINDOW);
    this.#pace = new Pace(windowSeconds, random);
    this.#window = new CurrentWindow(0, windowSeconds);
  }

  /** Records that an attempt has ended, and what its response says about the quota. */
  recordEnd(end: AttemptEnd, localEpochSeconds: number): void {
    this.#inFlight.end(end.durationSeconds);
    const { limit, remaining, resetEpochSeconds = 0 } = end.rateLimit ?? {};
    const { serverEpochSeconds, durationSeconds } = end;
    const now = serverClock(serverEpochSeconds, localEpochSeconds, durationSeconds, this.#offsetSeconds);
    if (limit === undefined || !isPlausibleReset(resetEpochSeconds, now, LONGEST_WINDOW_SECONDS)) {
      this.#recordUnconfirmed(end, localEpochSeconds);
      return;
    }
    this.#unconfirmed = 0;
    if (!this.#moveTo(resetEpochSeconds, now)) return;
    this.#offsetSeconds = now - localEpochSeconds;
    this.#confirm(limit, end.windowUsedUp);
    this.#window.ended += 1;
    if (end.windowUsedUp) this.#observe({ remaining: 0, own: 0, limit }, now, end.durationSeconds);
    else if (remaining !== undefined) this.#observe({ remaining, own: 1, limit }, now, end.durationSeconds);
  }

  /**
   * Reserves a slot for a retry.
   *
   * @param notBeforeEpochSeconds server's clock.
   * @returns `undefined` while the size of the quota is not known.
   */
  reserve(localEpochSeconds: number, notBeforeEpochSeconds: number): RetrySlot | undefined {
    if (this.#limit === undefined) return undefined;
    const nowEpochSeconds = this.serverNow(localEpochSeconds);
    const { endEpochSeconds, remaining } = this.#windowAt(nowEpochSeconds);
    const opensEpochSeconds = remaining === 0 ? endEpochSeconds : 0;
    const notBefore = Math.max(notBeforeEpochSeconds, opensEpochSeconds);
    return this.#slots.reserve({
      perWindow: this.#capacity(this.#limit),
      nowEpochSeconds,
      notBeforeEpochSeconds: notBefore,
      firstEndEpochSeconds: this.#endAfter(notBefore),
    });
  }

  /** Gives an unused slot back. */
  release(slot: RetrySlot): void {
    this.#slots.release(slot);
  }

  /** Whether an attempt may leave now. One that is admitted counts as sent. */
  admit(localEpochSeconds: number, applicant: Applicant): Admission {
    const now = this.serverNow(localEpochSeconds);
    const admission = this.#examine(now, this.#windowAt(now), applicant);
    if (admission.admitted) this.#start(now);
    return admission;
  }

  /** Records an attempt that leaves without having been admitted. */
  recordStart(localEpochSeconds: number): void {
    this.#start(this.serverNow(localEpochSeconds));
  }

  /** Shortest time until the attempt at this position of the queue can leave, however little others use. */
  leastWaitSeconds(localEpochSeconds: number, position: number): number {
    if (this.#limit === undefined) return 0;
    const now = this.serverNow(localEpochSeconds);
    const window = this.#windowAt(now);
    const room = (window.remaining ?? this.#limit) - this.#inFlight.count(now);
    if (position <= room) return 0;
    const windows = Math.floor((position - Math.max(0, room) - 1) / this.#capacity(this.#limit));
    return window.endEpochSeconds - now + windows * this.#options.windowSeconds;
  }

  serverNow(localEpochSeconds: number): number {
    return localEpochSeconds + this.#offsetSeconds;
  }

  #examine(now: number, window: CurrentWindow, { waiting, pacing, mayProbe }: Applicant): Admission {
    const limit = this.#limit;
    const inFlight = this.#inFlight.count(now);
    const isProbing = mayProbe && inFlight >= PROBES + window.ended;
    if (limit === undefined) return isProbing && window.ended === 0 ? AWAIT_RESPONSE : ADMITTED;
    const seconds = window.endEpochSeconds - now;
    const known = this.#knownLeft(window, limit, inFlight);
    if (this.#confirmations < 2 && inFlight === 0 && !mayProbe) return ADMITTED;
    if (known < 1) return { admitted: false, cause: "window", seconds: this.#reopensIn(seconds) };
    if (isProbing) return AWAIT_RESPONSE;
    const left = this.#estimateLeft(now, window, known);
    const rest = { limit, left, seconds, nowEpochSeconds: now };
    if (!pacing && this.#pace.hasRoom(waiting, rest, this.#usage)) return ADMITTED;
    const untilTurn = this.#pace.take(rest, this.#usage);
    return untilTurn === 0 ? ADMITTED : { admitted: false, cause: "pace", seconds: untilTurn };
  }

  /** When a window that is used up is worth asking about again. */
  #reopensIn(seconds: number): number {
    const untilOpen = seconds + AFTER_EDGE_SECONDS;
    return this.#confirmations < 2 ? Math.min(untilOpen, UNCONFIRMED_POLL_SECONDS) : untilOpen;
  }

  /** What the window's lowest `remaining` leaves for new attempts, less those under way. */
  #knownLeft(window: CurrentWindow, limit: number, inFlight: number): number {
    const own = this.#capacity(limit) - window.sent;
    return Math.min(own, (window.remaining ?? limit) - inFlight);
  }

  /** The same, less what others are likely to have used since. */
  #estimateLeft(now: number, window: CurrentWindow, known: number): number {
    const used = this.#usage.othersPerSecond * Math.max(0, now - window.observedEpochSeconds);
    return known - Math.min(used, known * LARGEST_ESTIMATE);
  }

  /** `remaining` is as old as the request: since it left, others have sent, and some of theirs are still on their way. */
  #observe({ remaining, own, limit }: Reading, now: number, durationSeconds: number): void {
    const used = this.#window.lower(remaining, limit, now - durationSeconds);
    const seconds = Math.max(0, now - this.#countedEpochSeconds);
    this.#usage.record(own, used, used > 0 ? seconds : 0);
    if (used > 0) this.#countedEpochSeconds = now;
  }

  #start(now: number): void {
    this.#windowAt(now).sent += 1;
    this.#inFlight.start(now);
  }

  #confirm(limit: number, windowUsedUp: boolean): void {
    this.#confirmations = this.#limit === limit ? this.#confirmations + 1 : 1;
    if (windowUsedUp) this.#confirmations += 1;
    this.#limit = limit;
  }

  #recordUnconfirmed({ expectsHeaders, windowUsedUp }: AttemptEnd, localEpochSeconds: number): void {
    const now = this.serverNow(localEpochSeconds);
    const window = this.#windowAt(now);
    window.ended += 1;
    if (windowUsedUp) window.lower(0, this.#limit ?? 0, now);
    if (!expectsHeaders || windowUsedUp || this.#limit === undefined) return;
    this.#unconfirmed += 1;
    const isDoubtful = window.remaining === undefined || this.#confirmations < 2;
    if (isDoubtful || this.#unconfirmed >= MOST_UNCONFIRMED) this.#forgetLimit(window);
  }

  /** A limit that responses no longer confirm is no reason to let anybody wait. */
  #forgetLimit({ endEpochSeconds, sent, ended }: CurrentWindow): void {
    this.#limit = undefined;
    this.#window = new CurrentWindow(endEpochSeconds, this.#options.windowSeconds);
    this.#window.sent = sent;
    this.#window.ended = ended;
  }

  /**
   * Makes the window that ends at `resetEpochSeconds` the current one.
   *
   * @returns whether it is; a late response of an earlier window changes nothing. A window that ends later than any
   *   can, seen from this response's clock, was placed by a wrong one, and is dropped.
   */
  #moveTo(resetEpochSeconds: number, now: number): boolean {
    const { endEpochSeconds } = this.#window;
    if (resetEpochSeconds === endEpochSeconds) return true;
    const latestEnd = now + this.#options.windowSeconds + CLOCK_TOLERANCE_SECONDS;
    if (resetEpochSeconds < endEpochSeconds && endEpochSeconds <= latestEnd) return false;
    this.#open(resetEpochSeconds);
    return true;
  }

  #windowAt(now: number): CurrentWindow {
    if (now >= this.#window.endEpochSeconds) this.#open(this.#endAfter(now));
    return this.#window;
  }

  #open(endEpochSeconds: number): void {
    const { windowSeconds } = this.#options;
    const before = this.#window;
    this.#window = new CurrentWindow(endEpochSeconds, windowSeconds, this.#inFlight.usualSeconds);
    const { startEpochSeconds } = this.#window;
    // Until the end of its window, the last known usage is taken to have gone on, unless nothing was left.
    const known = before.remaining === 0 ? this.#countedEpochSeconds : before.endEpochSeconds;
    this.#usage.record(0, 0, Math.max(0, startEpochSeconds - known));
    this.#countedEpochSeconds = startEpochSeconds;
    if (before.remaining === 0) this.#pace.restart(startEpochSeconds);
  }

  #capacity(quota: number): number {
    return Math.max(1, Math.floor(quota * this.#options.quotaShare));
  }

  #endAfter(epochSeconds: number): number {
    const { windowSeconds } = this.#options;
    const { endEpochSeconds } = this.#window;
    return (
      endEpochSeconds + (Math.floor((epochSeconds - endEpochSeconds) / windowSeconds) + 1) * windowSeconds
    );
  }
}
