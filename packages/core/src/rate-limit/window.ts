import { clocksAgree, isPlausibleReset } from "./server-clock.ts";
import { LONGEST_WINDOW_SECONDS } from "./tolerances.ts";

/** One response's three headers, all present. */
export interface WindowReading {
  readonly limit: number;
  readonly remaining: number;
  readonly resetEpochSeconds: number;
}

/** A response can be this much older than a newer one that overtook it; beyond it, the server's clock was set back. */
const LATEST_RESPONSE_SECONDS = 120;

/**
 * The last known rate-limit window of one client. The newest window wins, inside it the lowest `remaining`, and
 * once it has ended the quota reads as full. Survives a local clock that is off, since a window's end is
 * placed on the local clock by the response's own `Date`. Survives one response whose clock was wrong:
 * later ones that contradict it replace the window.
 */
export class RateLimitWindow {
  #limit = 0;
  #remaining = 0;
  #resetEpochSeconds = 0;
  #endsEpochSeconds = 0;
  #clocksAgreed = false;
  #open = false;

  /**
   * Records the reading of one response.
   *
   * @param readNowEpochSeconds reads the local clock; only called when the window may change.
   * @param serverEpochSeconds the response's `Date`.
   * @returns whether the reading could be used.
   */
  observe(
    reading: WindowReading,
    readNowEpochSeconds: () => number,
    serverEpochSeconds: number | undefined,
    onClosed: (usageRatio: number) => void,
  ): boolean {
    const behindSeconds = this.#resetEpochSeconds - reading.resetEpochSeconds;
    if (behindSeconds === 0) {
      this.#lower(reading);
      return true;
    }
    const now = readNowEpochSeconds();
    const serverNow = serverEpochSeconds ?? now;
    const isOlder = behindSeconds > 0 && behindSeconds <= LATEST_RESPONSE_SECONDS;
    if (isOlder && !this.#isContradictedBy(serverNow, now)) return true;
    if (!isPlausibleReset(reading.resetEpochSeconds, serverNow, LONGEST_WINDOW_SECONDS)) return false;
    if (isOlder) this.#open = false;
    this.#close(onClosed);
    this.#openWindow(reading, serverNow, now);
    return true;
  }

  /** Reports the window once when it has ended. */
  closeWhenEnded(nowEpochSeconds: number, onClosed: (usageRatio: number) => void): void {
    if (nowEpochSeconds >= this.#endsEpochSeconds) this.#close(onClosed);
  }

  /** What the gauges show; `undefined` before the first usable response. */
  read(nowEpochSeconds: number): WindowReading | undefined {
    if (this.#limit === 0) return undefined;
    const ended = nowEpochSeconds >= this.#endsEpochSeconds;
    return {
      limit: this.#limit,
      remaining: ended ? this.#limit : this.#remaining,
      resetEpochSeconds: this.#resetEpochSeconds,
    };
  }

  /**
   * Whether a response with this clock shows that the known window was placed by a wrong one. Then that
   * window ends further ahead than any window can, or only this response's clock agrees with the local one.
   */
  #isContradictedBy(serverEpochSeconds: number, nowEpochSeconds: number): boolean {
    if (this.#resetEpochSeconds - serverEpochSeconds > LONGEST_WINDOW_SECONDS) return true;
    return !this.#clocksAgreed && clocksAgree(serverEpochSeconds, nowEpochSeconds);
  }

  #openWindow(reading: WindowReading, serverEpochSeconds: number, nowEpochSeconds: number): void {
    const { limit, remaining, resetEpochSeconds } = reading;
    this.#clocksAgreed = clocksAgree(serverEpochSeconds, nowEpochSeconds);
    this.#limit = limit;
    this.#remaining = remaining;
    this.#resetEpochSeconds = resetEpochSeconds;
    const leftSeconds = Math.max(0, resetEpochSeconds - serverEpochSeconds);
    this.#endsEpochSeconds = this.#clocksAgreed ? resetEpochSeconds : nowEpochSeconds + leftSeconds;
    this.#open = true;
  }

  #lower({ limit, remaining }: WindowReading): void {
    this.#limit = limit;
    this.#remaining = Math.min(this.#remaining, remaining);
  }

  #close(onClosed: (usageRatio: number) => void): void {
    if (!this.#open) return;
    this.#open = false;
    onClosed(Math.min(1, Math.max(0, (this.#limit - this.#remaining) / this.#limit)));
  }
}
