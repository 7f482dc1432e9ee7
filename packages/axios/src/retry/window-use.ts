/** What is known and planned of one window. */
export class WindowUse {
  /** Places taken by sends that are still waiting. */
  reserved = 0;
  sent = 0;
  answered = 0;
  /** Start of the plan after the window's edge: drawn, so that processes do not start in the same millisecond. */
  readonly phaseSeconds: number;
  #remaining = Number.POSITIVE_INFINITY;

  constructor(phaseSeconds: number) {
    this.phaseSeconds = phaseSeconds;
  }

  /** An answer said how much is left; the lowest counts. */
  lower(remaining: number): void {
    if (remaining < this.#remaining) this.#remaining = remaining;
  }

  /** Places still free of `capacity`: what is on its way is not yet in what the answers say. */
  room(capacity: number): number {
    const onTheirWay = Math.max(0, this.sent - this.answered);
    return Math.min(capacity - this.sent, this.#remaining - onTheirWay) - this.reserved;
  }
}
