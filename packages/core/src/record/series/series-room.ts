/** Counts series against a bound, and against the bound of the whole that it is part of. */
export class SeriesRoom {
  readonly whole: SeriesRoom | undefined;
  readonly #most: number;
  #taken = 0;

  constructor(most: number, whole?: SeriesRoom) {
    this.whole = whole;
    this.#most = most;
  }

  /** @returns whether there is room for one more series; it is then taken. */
  take(): boolean {
    if (this.#taken >= this.#most) return false;
    if (this.whole && !this.whole.take()) return false;
    this.#taken += 1;
    return true;
  }
}
