/**
 * Most series of one client in the request and retry counters. A service that uses every operation stays far below; a
 * server that responds with every status and every code does not, and then codes are joined under `other`.
 */
export const MOST_CLIENT_SERIES: number = 4000;

/**
 * Most series of all clients of one registry by operation: request and retry counters, and duration histograms. What
 * comes later is counted under the client `other`.
 */
export const MOST_REGISTRY_SERIES: number = 20_000;

/** Counts series against a bound, and against the bound of the whole that it is part of. */
export class SeriesRoom {
  readonly whole: SeriesRoom | undefined;
  readonly #most: number;
  #taken = 0;

  constructor(most: number, whole?: SeriesRoom) {
    this.#most = most;
    this.whole = whole;
  }

  /** @returns whether there is room for one more series; it is then taken. */
  take(): boolean {
    if (this.#taken >= this.#most) return false;
    if (this.whole && !this.whole.take()) return false;
    this.#taken += 1;
    return true;
  }
}
