/** Below this, a count is taken to have happened at one instant. */
const INSTANT_SECONDS = 0.001;

/**
 * What was used of a quota lately, by this process and by all that share the quota, as two counts that fade with time.
 * Their ratio is this process's share; it keeps its value while nobody uses anything.
 */
export class Usage {
  readonly #memorySeconds: number;
  #own = 0;
  #total = 0;

  /** @param memorySeconds time in which a count fades to 1/e. */
  constructor(memorySeconds: number) {
    this.#memorySeconds = memorySeconds;
  }

  /** Records that `total` requests, `own` of them from this process, were spread evenly over the last `seconds`. */
  record(own: number, total: number, seconds: number): void {
    const kept = Math.exp(-seconds / this.#memorySeconds);
    const weight = seconds < INSTANT_SECONDS ? 1 : ((1 - kept) * this.#memorySeconds) / seconds;
    this.#own = this.#own * kept + own * weight;
    this.#total = this.#total * kept + total * weight;
  }

  /** This process's part of what is used, from 0 to 1; 1 while nothing is known of others. */
  get share(): number {
    return this.#total > 0 ? Math.min(1, this.#own / this.#total) : 1;
  }

  /** Requests of others per second. */
  get othersPerSecond(): number {
    return Math.max(0, this.#total - this.#own) / this.#memorySeconds;
  }
}
