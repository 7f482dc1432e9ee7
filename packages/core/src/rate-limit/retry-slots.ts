/** A timer may fire a millisecond early, and clocks agree to some milliseconds only. */
export const AFTER_EDGE_SECONDS = 0.03;
/** A request that leaves at the end of a window would be counted in the next one. */
export const BEFORE_EDGE_SECONDS = 0.05;
/** Processes begin a window at random instants of its first part. */
export const LARGEST_PHASE_OF_WINDOW = 0.05;

const MOST_WINDOWS_AHEAD = 400;
/** More than a plan looks ahead: a server that names a later reset with each response must not make it grow. */
const MOST_WINDOWS_KEPT = 512;

/** A reserved instant, and the end of the window that it lies in; both on the server's clock. */
export interface RetrySlot {
  readonly epochSeconds: number;
  readonly windowEndEpochSeconds: number;
}

interface ReservedWindow {
  reserved: number;
  /** Start of the slots after the window's edge: drawn, so that processes do not start in the same millisecond. */
  readonly phaseSeconds: number;
}

/** What a reservation depends on. */
export interface SlotRequest {
  /** Slots of a whole window. */
  readonly perWindow: number;
  readonly nowEpochSeconds: number;
  readonly notBeforeEpochSeconds: number;
  /** End of the window that `notBeforeEpochSeconds` lies in. */
  readonly firstEndEpochSeconds: number;
}

/**
 * Slots for retries in the windows to come. The n-th slot of a window lies at n/quota of its length, so that retries
 * come back at the pace of the quota and not all at the window's edge.
 */
export class RetrySlots {
  readonly #windowSeconds: number;
  readonly #random: () => number;
  readonly #windows = new Map<number, ReservedWindow>();

  constructor(windowSeconds: number, random: () => number) {
    this.#windowSeconds = windowSeconds;
    this.#random = random;
  }

  /** @returns `undefined` when every window that can be planned is full. */
  reserve({ firstEndEpochSeconds, notBeforeEpochSeconds, ...request }: SlotRequest): RetrySlot | undefined {
    this.#forgetBefore(request.nowEpochSeconds - this.#windowSeconds);
    for (let ahead = 0; ahead < MOST_WINDOWS_AHEAD; ahead += 1) {
      const windowEndEpochSeconds = firstEndEpochSeconds + ahead * this.#windowSeconds;
      const start = Math.max(windowEndEpochSeconds - this.#windowSeconds, notBeforeEpochSeconds);
      const epochSeconds = this.#reserveIn(windowEndEpochSeconds, start, request.perWindow);
      if (epochSeconds !== undefined) return { epochSeconds, windowEndEpochSeconds };
    }
    return undefined;
  }

  /** Gives an unused slot back. */
  release({ windowEndEpochSeconds }: RetrySlot): void {
    const window = this.#windows.get(windowEndEpochSeconds);
    if (window && window.reserved > 0) window.reserved -= 1;
  }

  #reserveIn(endEpochSeconds: number, startEpochSeconds: number, perWindow: number): number | undefined {
    const window = this.#window(endEpochSeconds);
    const lengthSeconds = endEpochSeconds - startEpochSeconds;
    const capacity = Math.max(1, Math.floor((perWindow * lengthSeconds) / this.#windowSeconds));
    const offsetSeconds = AFTER_EDGE_SECONDS + window.phaseSeconds;
    const usableSeconds = lengthSeconds - offsetSeconds - BEFORE_EDGE_SECONDS;
    if (usableSeconds <= 0 || window.reserved >= capacity) return undefined;
    const position = Math.min(1, (window.reserved + this.#random()) / capacity);
    window.reserved += 1;
    return startEpochSeconds + offsetSeconds + position * usableSeconds;
  }

  #window(endEpochSeconds: number): ReservedWindow {
    const known = this.#windows.get(endEpochSeconds);
    if (known) return known;
    const [oldest] = this.#windows.keys();
    if (this.#windows.size >= MOST_WINDOWS_KEPT && oldest !== undefined) this.#windows.delete(oldest);
    const phaseSeconds = this.#random() * LARGEST_PHASE_OF_WINDOW * this.#windowSeconds;
    const window = { reserved: 0, phaseSeconds };
    this.#windows.set(endEpochSeconds, window);
    return window;
  }

  #forgetBefore(epochSeconds: number): void {
    for (const end of this.#windows.keys()) if (end < epochSeconds) this.#windows.delete(end);
  }
}
