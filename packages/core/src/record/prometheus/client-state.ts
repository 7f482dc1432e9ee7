import type { Outcome } from "../../classify/index.ts";
import type { RateLimit, WindowReading } from "../../rate-limit/index.ts";
import { RateLimitWindow } from "../../rate-limit/index.ts";
import { VERSION } from "../../version.ts";
import type { CounterSeries } from "./counter.ts";
import type { MetricSet } from "./metric-set.ts";
import { MOST_CLIENT_SERIES, SeriesRoom } from "./series-room.ts";

const nowEpochSeconds = (): number => Date.now() / 1000;

function isComplete(rateLimit: RateLimit | undefined): rateLimit is WindowReading {
  return (
    rateLimit !== undefined &&
    rateLimit.limit !== undefined &&
    rateLimit.remaining !== undefined &&
    rateLimit.resetEpochSeconds !== undefined
  );
}

/** One client of one registry: what is under way, and its rate-limit window. Its gauges are read at each scrape. */
export class ClientState {
  readonly client: string;
  readonly room: SeriesRoom;
  inFlight = 0;
  readonly #window = new RateLimitWindow();
  readonly #unknown: CounterSeries;
  readonly #onWindowClosed: (usageRatio: number) => void;

  constructor(client: string, metrics: MetricSet) {
    this.client = client;
    this.room = new SeriesRoom(MOST_CLIENT_SERIES, metrics.room);
    const labels = Object.freeze({ client });
    const read = (key: keyof WindowReading) => () => this.#window.read(nowEpochSeconds())?.[key];
    this.#unknown = metrics.rateLimitUnknown.add(labels);
    const usage = metrics.windowUsage.add(labels);
    this.#onWindowClosed = (usageRatio) => usage.observe(usageRatio);
    metrics.inFlight.add(labels, () => this.inFlight);
    metrics.rateLimit.add(labels, read("limit"));
    metrics.rateLimitRemaining.add(labels, read("remaining"));
    metrics.rateLimitReset.add(labels, read("resetEpochSeconds"));
    metrics.info.add(Object.freeze({ client, version: VERSION }), () => 1);
  }

  /** Takes in the rate limit of a response of Intercom's. */
  observeResponse(status: number, { rateLimit, serverEpochSeconds }: Outcome): void {
    const used =
      isComplete(rateLimit) &&
      this.#window.observe(rateLimit, nowEpochSeconds, serverEpochSeconds, this.#onWindowClosed);
    if (!used && status < 500) this.#unknown.value += 1;
  }

  /** Observes the usage of the window once it has ended. */
  closeEndedWindow(): void {
    this.#window.closeWhenEnded(nowEpochSeconds(), this.#onWindowClosed);
  }
}
