/** An attempt that has not ended by then is no longer waited for: it may have been canceled unseen. */
const LONGEST_SECONDS = 60;
/** Weight of the newest attempt in the usual duration. */
const NEWEST_WEIGHT = 0.1;

/** The attempts that are under way, whichever window they will be counted in. */
export class InFlight {
  /** When each left, oldest first. */
  readonly #startEpochSeconds: number[] = [];
  #usualSeconds = 0;

  start(epochSeconds: number): void {
    this.#startEpochSeconds.push(epochSeconds);
  }

  end(durationSeconds: number): void {
    this.#startEpochSeconds.shift();
    this.#usualSeconds += (durationSeconds - this.#usualSeconds) * NEWEST_WEIGHT;
  }

  count(epochSeconds: number): number {
    const starts = this.#startEpochSeconds;
    while (starts[0] !== undefined && starts[0] < epochSeconds - LONGEST_SECONDS) starts.shift();
    return starts.length;
  }

  /** How long an attempt usually takes. */
  get usualSeconds(): number {
    return this.#usualSeconds;
  }
}
