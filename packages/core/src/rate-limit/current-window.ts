/** What is known of the window that the server is in. All instants are on the server's clock. */
export class CurrentWindow {
  readonly startEpochSeconds: number;
  readonly endEpochSeconds: number;
  /** Attempts that this process let leave into it. */
  sent = 0;
  /** Attempts that have ended in it. */
  ended = 0;
  #remaining: number | undefined;
  #observedEpochSeconds: number;

  /** @param unseenSeconds how old a response is that comes now: what others sent before was not seen. */
  constructor(endEpochSeconds: number, windowSeconds: number, unseenSeconds = 0) {
    this.startEpochSeconds = endEpochSeconds - windowSeconds;
    this.endEpochSeconds = endEpochSeconds;
    this.#observedEpochSeconds = this.startEpochSeconds - unseenSeconds;
  }

  /** Lowest value that a response gave; `undefined` before the first. */
  get remaining(): number | undefined {
    return this.#remaining;
  }

  /** When it was last seen. */
  get observedEpochSeconds(): number {
    return this.#observedEpochSeconds;
  }

  /** @returns how many requests were used since the last response, by everybody; 0 when a newer one overtook this. */
  lower(remaining: number, limit: number, epochSeconds: number): number {
    const before = this.#remaining ?? limit;
    if (this.#remaining !== undefined && remaining >= before) return 0;
    this.#remaining = remaining;
    this.#observedEpochSeconds = Math.max(this.#observedEpochSeconds, epochSeconds);
    return Math.max(0, before - remaining);
  }
}
