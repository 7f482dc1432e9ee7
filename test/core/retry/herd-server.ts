import type { VirtualClock } from "./virtual-environment.ts";

/** Intercom's windows. */
export const WINDOW_SECONDS = 10;

/** One window as the server counted it. */
export interface HerdWindow {
  readonly used: number;
  readonly refused: number;
  readonly usedByProcess: readonly number[];
  /** Use of the busiest tenth of the window, as a share of the quota. */
  readonly peakTenth: number;
}

/** What the server says to one request. */
export interface HerdResponse {
  readonly status: 200 | 429;
  readonly headers: Readonly<Record<string, string>>;
}

interface Count {
  used: number;
  refused: number;
  readonly byProcess: number[];
  readonly byTenth: number[];
}

const increment = (counts: number[], index: number): void => {
  counts[index] = (counts[index] ?? 0) + 1;
};

/** A quota in fixed windows, shared by all processes. */
export class HerdServer {
  readonly #clock: VirtualClock;
  readonly #quota: number;
  readonly #windows = new Map<number, Count>();

  constructor(clock: VirtualClock, quota: number) {
    this.#clock = clock;
    this.#quota = quota;
  }

  receive(process: number): HerdResponse {
    const position = this.#clock.seconds() / WINDOW_SECONDS;
    const index = Math.floor(position);
    const window = this.#at(index);
    const isRefused = window.used >= this.#quota;
    if (isRefused) {
      window.refused += 1;
    } else {
      window.used += 1;
      increment(window.byProcess, process);
      increment(window.byTenth, Math.floor((position - index) * 10));
    }
    return {
      status: isRefused ? 429 : 200,
      headers: {
        "x-ratelimit-limit": String(this.#quota),
        "x-ratelimit-remaining": String(this.#quota - window.used),
        "x-ratelimit-reset": String((index + 1) * WINDOW_SECONDS),
      },
    };
  }

  /** The window that begins at this instant. */
  windowFrom(epochSeconds: number, processes: number): HerdWindow {
    const { used, refused, byProcess, byTenth } = this.#at(epochSeconds / WINDOW_SECONDS);
    const usedByProcess = Array.from({ length: processes }, (_, process) => byProcess[process] ?? 0);
    const peakTenth = Math.max(...byTenth.map((count) => count ?? 0)) / this.#quota;
    return { used, refused, usedByProcess, peakTenth };
  }

  #at(index: number): Count {
    const known = this.#windows.get(index);
    if (known) return known;
    const count: Count = { used: 0, refused: 0, byProcess: [], byTenth: [] };
    this.#windows.set(index, count);
    return count;
  }
}
