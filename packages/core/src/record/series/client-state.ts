import type { Outcome } from "../../classify/index.ts";
import type { RateLimit, WindowReading } from "../../rate-limit/index.ts";
import { RateLimitWindow } from "../../rate-limit/index.ts";
import { VERSION } from "../../version.ts";
import type { ClientMetrics, CounterCell, HistogramCell, Labels } from "./client-metrics.ts";
import type { CounterRooms } from "./series-bounds.ts";

const nowEpochSeconds = (): number => Date.now() / 1000;

function isComplete(rateLimit: RateLimit | undefined): rateLimit is WindowReading {
  return (
    rateLimit !== undefined &&
    rateLimit.limit !== undefined &&
    rateLimit.remaining !== undefined &&
    rateLimit.resetEpochSeconds !== undefined
  );
}

/** One client of one set of series: what is under way, and its rate-limit window. */
export class ClientState {
  readonly client: string;
  readonly rooms: CounterRooms;
  inFlight = 0;
  readonly #metrics: ClientMetrics;
  readonly #window = new RateLimitWindow();
  readonly #unknown: CounterCell;
  readonly #onWindowClosed: (usageRatio: number) => void;
  /** Of all operations together. */
  #duration: HistogramCell | undefined;

  constructor(client: string, metrics: ClientMetrics) {
    this.client = client;
    this.#metrics = metrics;
    this.rooms = metrics.bounds.createClientRooms();
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

  /** In the one histogram of the client, whose labels for the operation are empty. */
  observeDuration(seconds: number, exemplar: Labels | undefined): void {
    this.#duration ??= this.#addDuration();
    this.#duration.observe(seconds, exemplar);
  }

  /** Takes in the rate limit of a response of Intercom's. */
  observeResponse(status: number, { rateLimit, serverEpochSeconds }: Outcome): void {
    const used =
      isComplete(rateLimit) &&
      this.#window.observe(rateLimit, nowEpochSeconds, serverEpochSeconds, this.#onWindowClosed);
    if (!used && status < 500) this.#unknown.increment();
  }

  /** Observes the usage of the window once it has ended. */
  closeEndedWindow(): void {
    this.#window.closeWhenEnded(nowEpochSeconds(), this.#onWindowClosed);
  }

  #addDuration(): HistogramCell {
    const { duration, bounds } = this.#metrics;
    bounds.all.duration.take();
    return duration.add({ client: this.client, method: "", url_template: "" });
  }
}
