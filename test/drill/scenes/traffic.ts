/** Something that a service does; it may fail, that is the point. */
export type Call = () => Promise<unknown>;

const TICK_MILLISECONDS = 40;
/** What a machine that was busy may make up for at once, in seconds' worth of calls. */
const LONGEST_CATCH_UP_SECONDS = 0.2;

/** Calls at an even pace, whatever becomes of them. */
export class Traffic {
  callsPerSecond: number;
  call: Call;
  readonly #mostInFlight: number;
  #inFlight = 0;
  #owed = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(callsPerSecond: number, call: Call, mostInFlight = 100) {
    this.callsPerSecond = callsPerSecond;
    this.call = call;
    this.#mostInFlight = mostInFlight;
  }

  start(): void {
    let last = performance.now();
    this.#timer = setInterval(() => {
      const now = performance.now();
      this.#pay(((now - last) / 1000) * this.callsPerSecond);
      last = now;
    }, TICK_MILLISECONDS);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #pay(calls: number): void {
    this.#owed = Math.min(this.#owed + calls, Math.max(1, this.callsPerSecond * LONGEST_CATCH_UP_SECONDS));
    for (; this.#owed >= 1; this.#owed -= 1) {
      if (this.#inFlight < this.#mostInFlight) this.#play();
    }
  }

  #play(): void {
    this.#inFlight += 1;
    const settled = (): void => {
      this.#inFlight -= 1;
    };
    this.call().then(settled, settled);
  }
}
