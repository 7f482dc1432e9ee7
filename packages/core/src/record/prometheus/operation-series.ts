import type { FollowedError, Operation, Outcome } from "../../classify/index.ts";
import { OTHER_ERROR_CODE } from "../../contract/index.ts";
import type { ClientState } from "./client-state.ts";
import type { CounterSeries } from "./counter.ts";
import type { HistogramSeries } from "./histogram.ts";
import type { MetricSet } from "./metric-set.ts";
import type { Labels } from "./registry-metric.ts";
import type { StatusKey } from "./series-labels.ts";
import {
  LIMITED_ERROR,
  retryableLabel,
  statusClass,
  statusKey,
  statusLabel,
  zeroInitializedOutcomes,
} from "./series-labels.ts";
import { SeriesTable } from "./series-table.ts";

/** The series of one operation of one client. To record an attempt is to look them up and to add. */
export class OperationSeries {
  readonly client: ClientState;
  readonly #labels: { readonly client: string; readonly method: string; readonly url_template: string };
  readonly #metrics: MetricSet;
  readonly #findOverflow: (() => OperationSeries) | undefined;
  readonly #requests = new SeriesTable<CounterSeries>();
  readonly #retries = new SeriesTable<CounterSeries>();
  #duration: HistogramSeries | undefined;

  /** @param findOverflow the same operation of the client `other`, for what has no room; absent for that client. */
  constructor(
    client: ClientState,
    operation: Operation,
    metrics: MetricSet,
    findOverflow: (() => OperationSeries) | undefined,
  ) {
    this.client = client;
    this.#labels = { client: client.client, method: operation.method, url_template: operation.template };
    this.#metrics = metrics;
    this.#findOverflow = findOverflow;
    for (const { status, error } of zeroInitializedOutcomes(operation)) {
      if (client.room.take())
        this.#addRequest(statusKey(status), error?.code ?? "", error?.category ?? "", retryableLabel(error));
    }
    for (const follows of [undefined, LIMITED_ERROR]) {
      if (client.room.take()) this.#addRetry(follows?.code ?? "", follows?.category ?? "");
    }
  }

  /** @param exemplar labels that lead to this attempt, where the registry can show them. */
  record(outcome: Outcome, exemplar: Labels | undefined): void {
    const { status, error, durationSeconds } = outcome;
    const request = this.#requestOf(status, error);
    request.value += 1;
    if (exemplar && error) request.exemplar = { labelSet: exemplar, value: 1, timestamp: Date.now() / 1000 };
    if (outcome.retryCount > 0) this.#retryOf(outcome.follows).value += 1;
    // NaN would make the sum NaN for ever.
    if (Number.isFinite(durationSeconds)) this.#observeDuration(durationSeconds, exemplar);
    if (status !== undefined && !outcome.fromOtherHost) this.client.observeResponse(status, outcome);
  }

  #observeDuration(value: number, exemplar: Labels | undefined): void {
    const duration = this.#duration ?? this.#addDuration();
    duration.observe(value, exemplar && { labelSet: exemplar, value, timestamp: Date.now() / 1000 });
  }

  #addDuration(): HistogramSeries {
    const { duration, room } = this.#metrics;
    const overflow = room.take() ? undefined : this.#findOverflow?.();
    this.#duration = overflow ? (overflow.#duration ?? overflow.#addDuration()) : duration.add(this.#labels);
    return this.#duration;
  }

  #requestOf(status: number | undefined, error: Outcome["error"]): CounterSeries {
    const key = statusKey(status);
    const code = error === undefined ? "" : error.code;
    const category = error === undefined ? "" : error.category;
    const retryable = retryableLabel(error);
    const known = this.#requests.find(key, code, category, retryable);
    if (known) return known;
    if (this.client.room.take()) return this.#addRequest(key, code, category, retryable);
    const joinedKey = statusClass(key);
    const joinedCode = error === undefined ? "" : OTHER_ERROR_CODE;
    const joined = this.#requests.find(joinedKey, joinedCode, category, retryable);
    if (joined) return joined;
    if (this.#metrics.room.take() || !this.#findOverflow)
      return this.#addRequest(joinedKey, joinedCode, category, retryable);
    return this.#findOverflow().#requestOf(status, error);
  }

  #retryOf(follows: FollowedError | undefined): CounterSeries {
    const code = follows === undefined ? "" : follows.code;
    const category = follows === undefined ? "" : follows.category;
    const known = this.#retries.find(0, code, category);
    if (known) return known;
    if (this.client.room.take()) return this.#addRetry(code, category);
    const joinedCode = follows === undefined ? "" : OTHER_ERROR_CODE;
    const joined = this.#retries.find(0, joinedCode, category);
    if (joined) return joined;
    if (this.#metrics.room.take() || !this.#findOverflow) return this.#addRetry(joinedCode, category);
    return this.#findOverflow().#retryOf(follows);
  }

  #addRequest(key: StatusKey, error_code: string, error_category: string, retryable: string): CounterSeries {
    const labels = { ...this.#labels, status_code: statusLabel(key), error_code, error_category, retryable };
    return this.#requests.add(key, error_code, this.#metrics.requests.add(labels));
  }

  #addRetry(error_code: string, error_category: string): CounterSeries {
    const labels = { ...this.#labels, error_code, error_category };
    return this.#retries.add(0, error_code, this.#metrics.retries.add(labels));
  }
}
