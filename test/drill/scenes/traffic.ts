/** Something that a service does; it may fail, that is the point. */
export type Call = () => Promise<unknown>;

const TICK_MILLISECONDS = 40;
/** How traffic runs. */
export interface TrafficOptions {
  /** Calls that wait at the same time; further ones are left out. Default 100. */
  readonly mostInFlight?: number;
  /** What a machine that was busy makes up for at once, in seconds' worth of calls. Default 1. */
  readonly longestCatchUpSeconds?: number;
}

/** Calls at an even pace, whatever becomes of them. */
export class Traffic {
  callsPerSecond: number;
  call: Call;
  readonly #mostInFlight: number;
  readonly #longestCatchUpSeconds: number;
  #inFlight = 0;
  #owed = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(callsPerSecond: number, call: Call, options: TrafficOptions = {}) {
    const { mostInFlight = 100, longestCatchUpSeconds = 1 } = options;
    this.callsPerSecond = callsPerSecond;
    this.call = call;
    this.#mostInFlight = mostInFlight;
    this.#longestCatchUpSeconds = longestCatchUpSeconds;
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
    const most = Math.max(1, this.callsPerSecond * this.#longestCatchUpSeconds);
    this.#owed = Math.min(this.#owed + calls, most);
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
