import type { Operation, Outcome } from "../../classify/index.ts";
import type { FailureStage } from "../../contract/index.ts";
import { FAILURE_STAGES } from "../../contract/index.ts";
import type { Recorder, Recording, RequestStart, TraceReference } from "../recorder.ts";
import { VERSION } from "../version.ts";
import { ClientState, clientStatesOf, observeUsage } from "./client-state.ts";
import type { Labels, MetricsRegistry, PromClient } from "./library.ts";
import type { MetricSet } from "./metric-set.ts";
import { ensureMetrics, isRegistered } from "./metric-set.ts";
import { foreseeableOutcomes, OperationLabels } from "./series-labels.ts";

function parseDate(date: string | undefined): number | undefined {
  if (date === undefined) return undefined;
  const milliseconds = Date.parse(date);
  return Number.isNaN(milliseconds) ? undefined : milliseconds / 1000;
}

class PrometheusRecording implements Recording {
  readonly #recorder: PrometheusRecorder;
  readonly #operation: OperationLabels;
  /** Kept, so that a registry cleared meanwhile cannot send the gauge below zero. */
  readonly #state: ClientState;

  constructor(recorder: PrometheusRecorder, operation: OperationLabels, state: ClientState) {
    this.#recorder = recorder;
    this.#operation = operation;
    this.#state = state;
    state.inFlight += 1;
  }

  finish(outcome: Outcome, trace?: TraceReference): void {
    this.#state.inFlight -= 1;
    this.#recorder.record(outcome, this.#operation, trace);
  }

  abandon(): void {
    this.#state.inFlight -= 1;
  }
}

/** Writes the metrics of one client into one registry of prom-client. */
export class PrometheusRecorder implements Recorder {
  readonly #library: PromClient;
  readonly #registry: MetricsRegistry;
  readonly #client: string;
  readonly #clientLabels: Labels;
  #metrics: MetricSet;
  #state: ClientState;
  #operations = new Map<Operation, OperationLabels>();
  #budget = { series: 0 };

  /** @throws Error when the registry has one of our names with another type or other labels. */
  constructor(library: PromClient, registry: MetricsRegistry, client: string) {
    this.#library = library;
    this.#registry = registry;
    this.#client = client;
    this.#clientLabels = Object.freeze({ client });
    this.#metrics = ensureMetrics(library, registry);
    this.#state = this.#attach();
  }

  start({ description }: RequestStart): Recording {
    this.#followRegistry();
    return new PrometheusRecording(this, this.#operationOf(description), this.#state);
  }

  record(outcome: Outcome, operation: OperationLabels, trace: TraceReference | undefined): void {
    const { requests, retries } = this.#metrics;
    requests.inc(operation.forOutcome(outcome));
    if (outcome.retryCount > 0) retries.inc(operation.base);
    this.#observeDuration(outcome.durationSeconds, operation.base, trace);
    if (outcome.status !== undefined) this.#observeRateLimit(outcome, outcome.status);
  }

  /** Counts a failure of our own. */
  fail(stage: FailureStage): void {
    this.#metrics.failures.inc({ stage });
  }

  #observeDuration(durationSeconds: number, labels: Labels, trace: TraceReference | undefined): void {
    // NaN would make the sum NaN for ever.
    if (!Number.isFinite(durationSeconds)) return;
    const { duration } = this.#metrics;
    if (!duration.enableExemplars) {
      duration.observe(labels, durationSeconds);
      return;
    }
    const exemplarLabels: Labels = trace ? { trace_id: trace.traceId, span_id: trace.spanId } : {};
    duration.observe({ labels, value: durationSeconds, exemplarLabels });
  }

  #observeRateLimit({ rateLimit, date }: Outcome, status: number): void {
    const { limit, remaining, resetEpochSeconds } = rateLimit ?? {};
    const complete = limit !== undefined && remaining !== undefined && resetEpochSeconds !== undefined;
    const used =
      complete &&
      this.#state.window.observe(
        { limit, remaining, resetEpochSeconds },
        Date.now() / 1000,
        () => parseDate(date),
        (usageRatio) => observeUsage(this.#metrics, this.#client, usageRatio),
      );
    if (!used && status < 500) this.#metrics.rateLimitUnknown.inc(this.#clientLabels);
  }

  #operationOf(description: Operation): OperationLabels {
    const known = this.#operations.get(description);
    if (known) return known;
    const operation = new OperationLabels(this.#client, description, this.#budget);
    this.#operations.set(description, operation);
    this.#metrics.retries.inc(operation.base, 0);
    for (const outcome of foreseeableOutcomes(description)) {
      this.#metrics.requests.inc(operation.forOutcome(outcome), 0);
    }
    return operation;
  }

  /** A registry that was cleared gets its metrics again, from zero, as every other metric in it does. */
  #followRegistry(): void {
    if (isRegistered(this.#metrics, this.#registry)) return;
    this.#metrics = ensureMetrics(this.#library, this.#registry);
    this.#state = this.#attach();
    this.#operations = new Map();
    this.#budget = { series: 0 };
  }

  /** Series that can be known now exist from now on, with value 0. */
  #attach(): ClientState {
    const metrics = this.#metrics;
    const states = clientStatesOf(metrics);
    metrics.info.set({ client: this.#client, version: VERSION }, 1);
    metrics.rateLimitUnknown.inc(this.#clientLabels, 0);
    for (const stage of FAILURE_STAGES) metrics.failures.inc({ stage }, 0);
    const existing = states.get(this.#client);
    if (existing) return existing;
    metrics.windowUsage.zero(this.#clientLabels);
    const state = new ClientState();
    states.set(this.#client, state);
    return state;
  }
}
