/** Responses without headers, in a window that was confirmed, after which the limit is forgotten anyway. */
const MOST_UNCONFIRMED = 3;

/** The size of the quota, while responses confirm it. */
export class ConfirmedLimit {
  #value: number | undefined;
  /** Responses that gave this value. */
  #confirmations = 0;
  /** Responses since then that gave none. */
  #unconfirmed = 0;

  get value(): number | undefined {
    return this.#value;
  }

  /** Only one response ever gave it: that may be a mistake. */
  get isDoubtful(): boolean {
    return this.#confirmations < 2;
  }

  /** @param windowUsedUp Intercom refused an attempt, which leaves no doubt. */
  confirm(limit: number, windowUsedUp: boolean): void {
    this.#confirmations = this.#value === limit ? this.#confirmations + 1 : 1;
    if (windowUsedUp) this.#confirmations += 1;
    this.#unconfirmed = 0;
    this.#value = limit;
  }

  /**
   * Records a response that should have given a limit and gave none.
   *
   * @param windowConfirmed a response of the current window gave one.
   * @returns whether the limit is forgotten: a limit that is no longer confirmed does not justify a wait.
   */
  miss(windowConfirmed: boolean): boolean {
    if (this.#value === undefined) return false;
    this.#unconfirmed += 1;
    if (windowConfirmed && !this.isDoubtful && this.#unconfirmed < MOST_UNCONFIRMED) return false;
    this.#value = undefined;
    this.#confirmations = 0;
    return true;
  }
}
