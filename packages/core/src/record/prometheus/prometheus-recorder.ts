import type { Outcome } from "../../classify/index.ts";
import type { FailureStage } from "../../contract/index.ts";
import type { Attempt, Recorder } from "../recorder.ts";
import type { Labels } from "../series/client-metrics.ts";
import type { MetricsRecorderOptions } from "../series/metrics-recorder-options.ts";
import type { OperationSeries } from "../series/operation-series.ts";
import type { RegistrySeries } from "./ensure-series.ts";
import { ensureSeries, isRegistered } from "./ensure-series.ts";
import { exemplarLabels } from "./exemplar.ts";
import type { MetricsRegistry } from "./registry.ts";
import { writesExemplars } from "./registry.ts";
import type { RegistryMetric } from "./registry-metric.ts";

/** Writes the metrics of all clients of one observer into one registry. */
export class PrometheusRecorder implements Recorder<OperationSeries> {
  readonly stage = "metrics";
  readonly #registry: MetricsRegistry;
  readonly #clients: readonly string[];
  readonly #durationPerOperation: boolean;
  #series: RegistrySeries;
  #turn = 0;

  /**
   * @param clients names that are known before the first request: their series exist from now on.
   * @throws Error when the registry has a metric of other code under one of our names.
   */
  constructor(
    registry: MetricsRegistry,
    clients: readonly string[],
    { durationPerOperation = true }: MetricsRecorderOptions = {},
  ) {
    this.#registry = registry;
    this.#clients = clients;
    this.#durationPerOperation = durationPerOperation;
    this.#series = this.#attach();
  }

  /** The state is the operation's, and kept: an attempt ends where it began, also when the registry is cleared meanwhile. */
  start({ client, operation }: Attempt): OperationSeries {
    const series = this.#followRegistry().operation(client, operation);
    series.client.inFlight += 1;
    return series;
  }

  finish(outcome: Outcome, series: OperationSeries, attempt: Attempt): void {
    series.client.inFlight -= 1;
    series.record(outcome, this.#durationPerOperation, this.#exemplarOf(outcome, attempt));
  }

  abandon({ client }: OperationSeries): void {
    client.inFlight -= 1;
  }

  /** Without a look at the registry: it may be what fails. */
  fail(stage: FailureStage): void {
    this.#series.countFailure(stage);
  }

  #exemplarOf(outcome: Outcome, { trace }: Attempt): Labels | undefined {
    if (trace === undefined && outcome.error === undefined) return undefined;
    return writesExemplars(this.#registry) ? exemplarLabels(outcome, trace) : undefined;
  }

  /**
   * A registry that was cleared gets its metrics again, from zero, as every other metric in it does. Each request looks
   * for the first metric and for one of the others in turn, which finds one that was removed alone.
   */
  #followRegistry(): RegistrySeries {
    const { requests, all } = this.#series.metrics;
    this.#turn = (this.#turn + 1) % all.length;
    const next = all[this.#turn] as RegistryMetric;
    if (isRegistered(requests, this.#registry) && isRegistered(next, this.#registry)) return this.#series;
    this.#series = this.#attach();
    return this.#series;
  }

  #attach(): RegistrySeries {
    const series = ensureSeries(this.#registry);
    for (const client of this.#clients) series.ensureClient(client);
    return series;
  }
}
