import type { Admission, Applicant } from "./admission.ts";
import type { AttemptEnd } from "./attempt-end.ts";
import type { CurrentWindow } from "./current-window.ts";
import { Pace } from "./pace.ts";
import type { RetrySlot } from "./retry-slots.ts";
import { AFTER_EDGE_SECONDS, LARGEST_PHASE_OF_WINDOW, RetrySlots } from "./retry-slots.ts";
import { WindowTracker } from "./window-tracker.ts";

/** How windows are planned. */
export interface WindowPlanOptions {
  readonly windowSeconds: number;
  /** Part of each window's quota that this process uses at most. */
  readonly quotaShare: number;
  /** From 0 up to 1. */
  readonly random: () => number;
}

/** Attempts that may be under way in a window before its first response has told how much is left. */
const PROBES = 5;
const PROBE_POLL_SECONDS = 0.05;
/** A limit that only one response ever gave is asked about this often. */
const DOUBTFUL_POLL_SECONDS = 0.2;
/** What others use between two of our responses is an estimate: it takes no more than this part of what was left. */
const LARGEST_ESTIMATE = 0.75;

/** A pace is worked out for at least so long. */
const SHORTEST_REST_SECONDS = 0.01;
const ADMITTED: Admission = { admitted: true };
const AWAIT_RESPONSE: Admission = { admitted: false, cause: "response", seconds: PROBE_POLL_SECONDS };

/**
 * When attempts may leave into the windows of one quota. All processes with the same token see the same `remaining`, so
 * each learns from its own responses what the others use; they need not talk to one another.
 */
export class WindowPlan {
  readonly #options: WindowPlanOptions;
  readonly #tracker: WindowTracker;
  readonly #slots: RetrySlots;
  readonly #pace: Pace;
  /** The window that the pace was last asked about. */
  #paced: CurrentWindow | undefined;
  #probeEpochSeconds: number | undefined;

  constructor(options: WindowPlanOptions) {
    const { windowSeconds, random } = options;
    this.#options = options;
    this.#tracker = new WindowTracker(windowSeconds);
    this.#slots = new RetrySlots(windowSeconds, random);
    this.#pace = new Pace(windowSeconds, random);
  }

  /** Records that an attempt has ended, and what its response says about the quota. */
  recordEnd(end: AttemptEnd, localEpochSeconds: number): void {
    this.#tracker.recordEnd(end, localEpochSeconds);
  }

  /**
   * Reserves a slot for a retry.
   *
   * @param notBeforeEpochSeconds server's clock.
   * @returns `undefined` while the size of the quota is not known.
   */
  reserve(localEpochSeconds: number, notBeforeEpochSeconds: number): RetrySlot | undefined {
    const limit = this.#tracker.limit.value;
    if (limit === undefined) return undefined;
    const nowEpochSeconds = this.#tracker.serverNow(localEpochSeconds);
    const { endEpochSeconds, remaining } = this.#tracker.windowAt(nowEpochSeconds);
    const opensEpochSeconds = remaining === 0 ? endEpochSeconds : 0;
    const notBefore = Math.max(notBeforeEpochSeconds, opensEpochSeconds);
    return this.#slots.reserve({
      perWindow: this.#capacity(limit),
      nowEpochSeconds,
      notBeforeEpochSeconds: notBefore,
      firstEndEpochSeconds: this.#tracker.endAfter(notBefore),
    });
  }

  /** Gives an unused slot back. */
  release(slot: RetrySlot): void {
    this.#slots.release(slot);
  }

  /** Whether an attempt may leave now. One that is admitted counts as sent. */
  admit(localEpochSeconds: number, applicant: Applicant): Admission {
    const now = this.#tracker.serverNow(localEpochSeconds);
    const admission = this.#examine(now, applicant);
    if (admission.admitted) this.#tracker.recordStart(now);
    return admission;
  }

  /** Records an attempt that leaves without having been admitted. */
  recordStart(localEpochSeconds: number): void {
    this.#tracker.recordStart(this.#tracker.serverNow(localEpochSeconds));
  }

  /** Shortest time until the attempt at this position of the queue can leave, however little others use. */
  leastWaitSeconds(localEpochSeconds: number, position: number): number {
    const { limit, inFlight } = this.#tracker;
    if (limit.value === undefined) return 0;
    const now = this.#tracker.serverNow(localEpochSeconds);
    const window = this.#tracker.windowAt(now);
    const room = (window.remaining ?? limit.value) - inFlight.count(now);
    if (position <= room) return 0;
    const windows = Math.floor((position - Math.max(0, room) - 1) / this.#capacity(limit.value));
    return window.endEpochSeconds - now + windows * this.#options.windowSeconds;
  }

  #examine(now: number, { waiting, pacing, mayProbe }: Applicant): Admission {
    const { inFlight, limit, usage } = this.#tracker;
    const window = this.#tracker.windowAt(now);
    const underWay = inFlight.count(now);
    const isProbing = mayProbe && underWay >= PROBES + window.ended;
    if (limit.value === undefined) return isProbing && window.ended === 0 ? AWAIT_RESPONSE : ADMITTED;
    if (limit.isDoubtful && underWay === 0 && !mayProbe) return ADMITTED;
    const seconds = window.endEpochSeconds - now;
    const known = this.#knownLeft(window, limit.value, underWay);
    if (known < 1) {
      const untilOpen = seconds + AFTER_EDGE_SECONDS;
      const poll = limit.isDoubtful ? DOUBTFUL_POLL_SECONDS : untilOpen;
      return { admitted: false, cause: "window", seconds: Math.min(untilOpen, poll) };
    }
    if (isProbing) return AWAIT_RESPONSE;
    const left = this.#estimateLeft(now, window, known);
    const rest = { limit: limit.value, left, seconds, nowEpochSeconds: now };
    if (!pacing && this.#pace.hasRoom({ waiting, underWay }, rest, usage)) return ADMITTED;
    const untilProbe = this.#untilProbe(now, window, underWay);
    if (untilProbe !== undefined) {
      return untilProbe > 0 ? { admitted: false, cause: "pace", seconds: untilProbe } : ADMITTED;
    }
    const untilTurn = this.#pace.take(rest, usage);
    return untilTurn === 0 ? ADMITTED : { admitted: false, cause: "pace", seconds: untilTurn };
  }

  /** What the window's lowest `remaining` leaves for new attempts, less those under way. */
  #knownLeft(window: CurrentWindow, limit: number, underWay: number): number {
    const own = this.#capacity(limit) - window.sent;
    return Math.min(own, (window.remaining ?? limit) - underWay);
  }

  /** The same, less what others are likely to have used since: as fast as lately, or as what is left lets them. */
  #estimateLeft(now: number, window: CurrentWindow, known: number): number {
    const { share, othersPerSecond } = this.#tracker.usage;
    const paced = ((1 - share) * known) / Math.max(window.endEpochSeconds - now, SHORTEST_REST_SECONDS);
    const used = Math.max(othersPerSecond, paced) * Math.max(0, now - window.observedEpochSeconds);
    return known - Math.min(used, known * LARGEST_ESTIMATE);
  }

  /**
   * After a window that was used up, it is not known who will use the next one: each process has one attempt leave soon,
   * and learns from its response.
   *
   * @returns seconds until that attempt leaves; `undefined` when it has left, or there was no such window.
   */
  #untilProbe(now: number, window: CurrentWindow, underWay: number): number | undefined {
    if (window !== this.#paced) {
      const { windowSeconds, random } = this.#options;
      const phaseSeconds = AFTER_EDGE_SECONDS + random() * LARGEST_PHASE_OF_WINDOW * windowSeconds;
      const followsPause = this.#paced?.remaining === 0;
      this.#probeEpochSeconds = followsPause ? window.startEpochSeconds + phaseSeconds : undefined;
      if (followsPause) this.#pace.restart(window.startEpochSeconds);
      this.#paced = window;
    }
    const isFirst = window.sent === 0 && window.remaining === undefined && underWay === 0;
    if (this.#probeEpochSeconds === undefined || !isFirst) return undefined;
    return Math.max(0, this.#probeEpochSeconds - now);
  }

  #capacity(quota: number): number {
    return Math.max(1, Math.floor(quota * this.#options.quotaShare));
  }
}
