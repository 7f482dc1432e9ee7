import type { Operation, Outcome } from "../../classify/index.ts";
import type { FailureStage } from "../../contract/index.ts";
import { FAILURE_STAGES } from "../../contract/index.ts";
import { VERSION } from "../../version.ts";
import type { Attempt, Recorder, TraceReference } from "../recorder.ts";
import { ClientState, clientStatesOf, observeUsage } from "./client-state.ts";
import type { Labels, PromClient } from "./library.ts";
import { loadPromClient } from "./library.ts";
import type { MetricSet } from "./metric-set.ts";
import { ensureMetrics, isRegistered } from "./metric-set.ts";
import type { MetricsRegistry } from "./registry.ts";
import { OperationLabels, zeroInitializedOutcomes } from "./series-labels.ts";

interface Started {
  readonly recorder: ClientRecorder;
  readonly operation: OperationLabels;
  /** Kept, so that a registry cleared meanwhile cannot send the gauge below zero. */
  readonly state: ClientState;
}

/** Writes the metrics of all clients of one observer into one registry. */
export class PrometheusRecorder implements Recorder<Started> {
  readonly stage = "metrics";
  readonly #library: PromClient;
  readonly #registry: MetricsRegistry;
  readonly #clients = new Map<string, ClientRecorder>();

  /**
   * @param clients names that are known before the first request: their series exist from now on.
   * @throws Error when the registry has one of our names with another type or other labels.
   */
  constructor(registry: MetricsRegistry, clients: readonly string[]) {
    const library = loadPromClient();
    if (!library) throw new TypeError("registry: expected prom-client to be installed beside the registry");
    this.#library = library;
    this.#registry = registry;
    ensureMetrics(library, registry);
    for (const client of clients) this.#of(client);
  }

  start({ client, operation }: Attempt): Started {
    return this.#of(client).start(operation);
  }

  finish(outcome: Outcome, { recorder, operation, state }: Started, { trace }: Attempt): void {
    state.inFlight -= 1;
    recorder.record(outcome, operation, trace);
  }

  abandon({ state }: Started): void {
    state.inFlight -= 1;
  }

  fail(stage: FailureStage): void {
    ensureMetrics(this.#library, this.#registry).failures.inc({ stage });
  }

  #of(client: string): ClientRecorder {
    const known = this.#clients.get(client);
    if (known) return known;
    const recorder = new ClientRecorder(this.#library, this.#registry, client);
    this.#clients.set(client, recorder);
    return recorder;
  }
}

class ClientRecorder {
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

  start(operation: Operation): Started {
    this.#followRegistry();
    this.#state.inFlight += 1;
    return { recorder: this, operation: this.#operationOf(operation), state: this.#state };
  }

  record(outcome: Outcome, operation: OperationLabels, trace: TraceReference | undefined): void {
    const { requests, retries } = this.#metrics;
    requests.inc(operation.forOutcome(outcome));
    if (outcome.retryCount > 0) retries.inc(operation.forRetry(outcome.follows));
    this.#observeDuration(outcome.durationSeconds, operation.base, trace);
    if (outcome.status !== undefined && !outcome.fromOtherHost)
      this.#observeRateLimit(outcome, outcome.status);
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

  #observeRateLimit({ rateLimit, serverEpochSeconds }: Outcome, status: number): void {
    const { limit, remaining, resetEpochSeconds } = rateLimit ?? {};
    const complete = limit !== undefined && remaining !== undefined && resetEpochSeconds !== undefined;
    const used =
      complete &&
      this.#state.window.observe(
        { limit, remaining, resetEpochSeconds },
        Date.now() / 1000,
        () => serverEpochSeconds,
        (usageRatio) => observeUsage(this.#metrics, this.#client, usageRatio),
      );
    if (!used && status < 500) this.#metrics.rateLimitUnknown.inc(this.#clientLabels);
  }

  #operationOf(key: Operation): OperationLabels {
    const known = this.#operations.get(key);
    if (known) return known;
    const operation = new OperationLabels(this.#client, key, this.#budget);
    this.#operations.set(key, operation);
    this.#metrics.retries.inc(operation.forRetry(undefined), 0);
    for (const outcome of zeroInitializedOutcomes(key)) {
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
