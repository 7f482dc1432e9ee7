import type { Clock } from "../../packages/cli/src/probe/clock.ts";

interface Sleeper {
  readonly wakesAtSeconds: number;
  readonly wake: () => void;
}

const START_EPOCH_SECONDS = 1_800_000_000;

/** A clock that stands still until a test moves it to the next moment at which somebody wakes. */
export class VirtualClock implements Clock {
  readonly #sleepers = new Set<Sleeper>();
  #nowSeconds = 0;
  #notify = (): void => {};

  epochSeconds(): number {
    return START_EPOCH_SECONDS + this.#nowSeconds;
  }

  monotonicSeconds(): number {
    return this.#nowSeconds;
  }

  sleep(seconds: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        this.#sleepers.delete(sleeper);
        signal.removeEventListener("abort", wake);
        resolve();
      };
      const sleeper: Sleeper = { wakesAtSeconds: this.#nowSeconds + seconds, wake };
      if (signal.aborted) return resolve();
      signal.addEventListener("abort", wake);
      this.#sleepers.add(sleeper);
      this.#notify();
    });
  }

  /** Resolves when that many sleep at the same time. */
  async untilAsleep(count: number): Promise<void> {
    while (this.#sleepers.size < count) {
      await new Promise<void>((resolve) => {
        this.#notify = resolve;
      });
    }
  }

  /** Moves on for a time; before each step everybody, that many, must be asleep. */
  async advance(seconds: number, count: number): Promise<void> {
    const end = this.#nowSeconds + seconds;
    for (;;) {
      await this.untilAsleep(count);
      const next = [...this.#sleepers].sort((one, two) => one.wakesAtSeconds - two.wakesAtSeconds)[0];
      if (!next || next.wakesAtSeconds > end) break;
      this.#nowSeconds = next.wakesAtSeconds;
      next.wake();
    }
    this.#nowSeconds = end;
  }
}
