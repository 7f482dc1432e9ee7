/** One answer's three headers, all present. */
export interface WindowReading {
  readonly limit: number;
  readonly remaining: number;
  readonly resetEpochSeconds: number;
}

/** A reset further away than this is no rate-limit window: Intercom's are ten seconds long. */
const LONGEST_WINDOW_SECONDS = 60;
/** An answer can be this much older than a newer one that overtook it; beyond it, the server's clock was set back. */
const LATEST_ANSWER_SECONDS = 120;
/** Clocks this close count as equal; `Date` headers are whole seconds. */
const CLOCK_TOLERANCE_SECONDS = 2;

/**
 * The last known rate-limit window of one client. The newest window wins, inside it the lowest `remaining`, and
 * once it has ended the quota reads as full. Survives a local clock that is off, since a window's end is placed on
 * the local clock by the answer's own `Date`.
 */
export class RateLimitWindow {
  #limit = 0;
  #remaining = 0;
  #resetEpochSeconds = 0;
  #endsEpochSeconds = 0;
  #open = false;

  /**
   * Takes in one answer.
   *
   * @param nowEpochSeconds local clock.
   * @param readServerEpochSeconds reads the answer's `Date`; only called when a window opens.
   * @returns whether the reading could be used.
   */
  observe(
    reading: WindowReading,
    nowEpochSeconds: number,
    readServerEpochSeconds: () => number | undefined,
    onClosed: (usageRatio: number) => void,
  ): boolean {
    const behindSeconds = this.#resetEpochSeconds - reading.resetEpochSeconds;
    if (behindSeconds === 0) {
      if (this.#open) this.#lower(reading);
      return true;
    }
    if (behindSeconds > 0 && behindSeconds <= LATEST_ANSWER_SECONDS) return true;
    const serverEpochSeconds = readServerEpochSeconds() ?? nowEpochSeconds;
    const leftSeconds = reading.resetEpochSeconds - serverEpochSeconds;
    if (leftSeconds < -CLOCK_TOLERANCE_SECONDS || leftSeconds > LONGEST_WINDOW_SECONDS) return false;
    this.#close(onClosed);
    const inStep = Math.abs(serverEpochSeconds - nowEpochSeconds) <= CLOCK_TOLERANCE_SECONDS;
    this.#limit = reading.limit;
    this.#remaining = reading.remaining;
    this.#resetEpochSeconds = reading.resetEpochSeconds;
    this.#endsEpochSeconds = inStep ? reading.resetEpochSeconds : nowEpochSeconds + Math.max(0, leftSeconds);
    this.#open = true;
    return true;
  }

  /** Reports the window once when it has ended. */
  closeWhenEnded(nowEpochSeconds: number, onClosed: (usageRatio: number) => void): void {
    if (nowEpochSeconds >= this.#endsEpochSeconds) this.#close(onClosed);
  }

  /** What the gauges show; `undefined` before the first usable answer. */
  read(nowEpochSeconds: number): WindowReading | undefined {
    if (this.#limit === 0) return undefined;
    const ended = nowEpochSeconds >= this.#endsEpochSeconds;
    return {
      limit: this.#limit,
      remaining: ended ? this.#limit : this.#remaining,
      resetEpochSeconds: this.#resetEpochSeconds,
    };
  }

  #lower({ limit, remaining }: WindowReading): void {
    this.#limit = limit;
    if (remaining < this.#remaining) this.#remaining = remaining;
  }

  #close(onClosed: (usageRatio: number) => void): void {
    if (!this.#open) return;
    this.#open = false;
    onClosed(Math.min(1, Math.max(0, (this.#limit - this.#remaining) / this.#limit)));
  }
}
