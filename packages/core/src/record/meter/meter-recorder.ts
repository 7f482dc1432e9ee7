import type { MeterProvider } from "@opentelemetry/api";
import { metrics } from "@opentelemetry/api";
import type { Outcome } from "../../classify/index.ts";
import type { FailureStage } from "../../contract/index.ts";
import { forceFlush } from "../flush.ts";
import { logFailure } from "../log-warning.ts";
import type { Attempt, Recorder } from "../recorder.ts";
import type { MetricsRecorderOptions } from "../series/metrics-recorder-options.ts";
import type { OperationSeries } from "../series/operation-series.ts";
import type { SeriesSet } from "../series/series-set.ts";
import { seriesOfProvider } from "./meter-series.ts";

/** Writes the metrics of all clients of one observer through an OpenTelemetry meter. */
export class MeterRecorder implements Recorder<OperationSeries | undefined> {
  readonly stage = "metrics";
  readonly #given: MeterProvider | undefined;
  readonly #clients: readonly string[];
  readonly #durationPerOperation: boolean;
  #provider: MeterProvider | undefined;
  #series: SeriesSet | undefined;

  /**
   * @param provider `undefined` for the registered one, whichever that is when an attempt starts.
   * @param clients names that are known before the first request: their series exist from now on.
   */
  constructor(
    provider: MeterProvider | undefined,
    clients: readonly string[],
    { durationPerOperation = true }: MetricsRecorderOptions = {},
  ) {
    this.#given = provider;
    this.#clients = clients;
    this.#durationPerOperation = durationPerOperation;
    this.#currentSeries();
  }

  /** Whether there is a provider that takes metrics. */
  get isActive(): boolean {
    return this.#currentSeries() !== undefined;
  }

  /** The state is the operation's, and kept: an attempt ends where it began, also when the provider is swapped meanwhile. */
  start({ client, operation }: Attempt): OperationSeries | undefined {
    const series = this.#currentSeries()?.operation(client, operation);
    if (series) series.client.inFlight += 1;
    return series;
  }

  finish(outcome: Outcome, series: OperationSeries | undefined): void {
    if (!series) return;
    series.client.inFlight -= 1;
    series.record(outcome, this.#durationPerOperation);
  }

  abandon(series: OperationSeries | undefined): void {
    if (series) series.client.inFlight -= 1;
  }

  fail(stage: FailureStage): void {
    this.#currentSeries()?.countFailure(stage);
  }

  /** The SDK collects first, which also reports the windows that have ended. */
  flush(): Promise<void> {
    // The series of a client are born here where its provider was registered since, and nothing has been sent yet.
    this.#currentSeries();
    return forceFlush(this.#given ?? metrics.getMeterProvider());
  }

  /**
   * Resolved for each attempt: an SDK may be registered late or replaced, and instruments that were made before drop
   * everything for good.
   */
  #currentSeries(): SeriesSet | undefined {
    const provider = this.#given ?? metrics.getMeterProvider();
    if (provider === this.#provider) return this.#series;
    this.#provider = provider;
    this.#series = this.#attach(provider);
    return this.#series;
  }

  /** A provider that throws does not make the setup fail: it is asked once. */
  #attach(provider: MeterProvider): SeriesSet | undefined {
    try {
      const series = seriesOfProvider(provider);
      for (const client of this.#clients) series?.ensureClient(client);
      return series;
    } catch (error) {
      logFailure("the meter provider cannot be used and gets no metrics", error);
      return undefined;
    }
  }
}
