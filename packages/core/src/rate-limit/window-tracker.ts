import type { AttemptEnd } from "./attempt-end.ts";
import { ConfirmedLimit } from "./confirmed-limit.ts";
import { CurrentWindow } from "./current-window.ts";
import { InFlight } from "./in-flight.ts";
import { isPlausibleReset, serverClock } from "./server-clock.ts";
import { CLOCK_TOLERANCE_SECONDS, LONGEST_WINDOW_SECONDS } from "./tolerances.ts";
import { Usage } from "./usage.ts";

/** Counts of usage fade in this part of a window. */
const MEMORY_OF_WINDOW = 0.2;

/**
 * Follows the windows of one quota by the responses: how large it is, how much of the current window is left, and who
 * uses it. All instants are on the server's clock.
 */
export class WindowTracker {
  readonly limit: ConfirmedLimit = new ConfirmedLimit();
  readonly inFlight: InFlight = new InFlight();
  readonly usage: Usage;
  readonly #windowSeconds: number;
  #window: CurrentWindow;
  #offsetSeconds = 0;
  /** `usage` is up to date until here. */
  #countedEpochSeconds = 0;

  constructor(windowSeconds: number) {
    this.#windowSeconds = windowSeconds;
    this.#window = new CurrentWindow(0, windowSeconds);
    this.usage = new Usage(windowSeconds * MEMORY_OF_WINDOW);
  }

  serverNow(localEpochSeconds: number): number {
    return localEpochSeconds + this.#offsetSeconds;
  }

  /** The window that the server is in. */
  windowAt(now: number): CurrentWindow {
    if (now >= this.#window.endEpochSeconds) this.#open(this.endAfter(now));
    return this.#window;
  }

  /** End of the window that this instant lies in. */
  endAfter(epochSeconds: number): number {
    const { endEpochSeconds } = this.#window;
    const windows = Math.floor((epochSeconds - endEpochSeconds) / this.#windowSeconds) + 1;
    return endEpochSeconds + windows * this.#windowSeconds;
  }

  recordStart(now: number): void {
    this.windowAt(now).sent += 1;
    this.inFlight.start(now);
  }

  /** Records that an attempt has ended, and what its response says about the quota. */
  recordEnd(end: AttemptEnd, localEpochSeconds: number): void {
    const { rateLimit, serverEpochSeconds, durationSeconds, windowUsedUp } = end;
    this.inFlight.end(durationSeconds);
    const { limit, remaining, resetEpochSeconds = 0 } = rateLimit ?? {};
    const now = serverClock(serverEpochSeconds, localEpochSeconds, durationSeconds, this.#offsetSeconds);
    if (limit === undefined || !isPlausibleReset(resetEpochSeconds, now, LONGEST_WINDOW_SECONDS)) {
      this.#recordUnconfirmed(end, this.serverNow(localEpochSeconds));
      return;
    }
    this.limit.confirm(limit, windowUsedUp);
    if (!this.#moveTo(resetEpochSeconds, now)) return;
    this.#offsetSeconds = now - localEpochSeconds;
    this.#window.ended += 1;
    const left = windowUsedUp ? 0 : remaining;
    if (left === undefined) return;
    // `remaining` is as old as the request: since it left, others have sent, and some of theirs are still on their way.
    const used = this.#window.lower(left, limit, now - durationSeconds);
    const seconds = used > 0 ? Math.max(0, now - this.#countedEpochSeconds) : 0;
    this.usage.record(windowUsedUp ? 0 : 1, used, seconds);
    if (used > 0) this.#countedEpochSeconds = now;
  }

  #recordUnconfirmed({ expectsHeaders, windowUsedUp }: AttemptEnd, now: number): void {
    const window = this.windowAt(now);
    window.ended += 1;
    if (windowUsedUp) window.lower(0, 0, now);
    else if (expectsHeaders && this.limit.miss(window.remaining !== undefined)) {
      this.#window = new CurrentWindow(window.endEpochSeconds, this.#windowSeconds);
      this.#window.ended = window.ended;
    }
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
    const latestEnd = now + this.#windowSeconds + CLOCK_TOLERANCE_SECONDS;
    if (resetEpochSeconds < endEpochSeconds && endEpochSeconds <= latestEnd) return false;
    this.#open(resetEpochSeconds);
    return true;
  }

  #open(endEpochSeconds: number): void {
    const before = this.#window;
    this.#window = new CurrentWindow(endEpochSeconds, this.#windowSeconds, this.inFlight.usualSeconds);
    const { startEpochSeconds } = this.#window;
    // Until the end of its window, the last known usage is assumed to continue, unless nothing was left.
    const known = before.remaining === 0 ? this.#countedEpochSeconds : before.endEpochSeconds;
    this.usage.record(0, 0, Math.max(0, startEpochSeconds - known));
    this.#countedEpochSeconds = startEpochSeconds;
  }
}
