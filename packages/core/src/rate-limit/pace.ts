/**
 * Added to this process's share of the usage. It lets a process that has just started, or used little, catch up with
 * the others; as the pace follows what is left of the window, it takes nothing away that others need.
 */
const CATCH_UP_SHARE = 0.02;
/** Credit that can be saved up, in seconds of the pace: bridges late timers. */
const CREDIT_SECONDS = 0.1;
const LONGEST_POLL_OF_WINDOW = 0.05;

/**
 * Lets attempts leave evenly, at this process's share of the pace at which all together use what is left of a window
 * until it ends: a token bucket whose rate follows the window.
 */
export class Pace {
  readonly #longestPollSeconds: number;
  readonly #random: () => number;
  #credit: number;
  #epochSeconds = 0;

  constructor(windowSeconds: number, random: () => number) {
    this.#longestPollSeconds = windowSeconds * LONGEST_POLL_OF_WINDOW;
    this.#random = random;
    this.#credit = random();
  }

  /** After a pause: processes do not go on in the same instant. */
  restart(epochSeconds: number): void {
    this.#credit = this.#random();
    this.#epochSeconds = epochSeconds;
  }

  /**
   * Takes the credit for one attempt.
   *
   * @param totalPerSecond pace of all processes together.
   * @returns 0 when there was enough; else seconds until it is worth asking again.
   */
  take(nowEpochSeconds: number, share: number, totalPerSecond: number): number {
    const perSecond = Math.min(1, share + CATCH_UP_SHARE) * totalPerSecond;
    const elapsedSeconds = Math.max(0, nowEpochSeconds - this.#epochSeconds);
    const most = Math.max(1, perSecond * CREDIT_SECONDS);
    this.#credit = Math.min(most, this.#credit + perSecond * elapsedSeconds);
    this.#epochSeconds = nowEpochSeconds;
    if (this.#credit >= 1) {
      this.#credit -= 1;
      return 0;
    }
    return Math.min((1 - this.#credit) / perSecond, this.#longestPollSeconds);
  }
}
