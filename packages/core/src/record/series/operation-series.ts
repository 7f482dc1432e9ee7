import type { FollowedError, Operation, Outcome } from "../../classify/index.ts";
import { OTHER_ERROR_CODE } from "../../contract/index.ts";
import type { ClientMetrics, CounterCell, HistogramCell, Labels } from "./client-metrics.ts";
import type { ClientState } from "./client-state.ts";
import {
  LIMITED_ERROR,
  retryableLabel,
  statusClass,
  statusLabel,
  successStatus,
  zeroInitializedOutcomes,
} from "./series-labels.ts";
import { SeriesTable } from "./series-table.ts";

/** Finds the series that count what an operation has no room for. */
export type FindOverflow = (operation: Operation) => OperationSeries;

/** A retry is told apart by the error that it follows alone. */
type Counter = "requests" | "retries";

/** The series of one operation of one client. Recording an attempt looks them up and adds. */
export class OperationSeries {
  readonly client: ClientState;
  readonly operation: Operation;
  readonly #labels: { readonly client: string; readonly method: string; readonly url_template: string };
  readonly #metrics: ClientMetrics;
  readonly #findOverflow: FindOverflow | undefined;
  readonly #counters = new SeriesTable<CounterCell>();
  readonly #usualStatus: number;
  /** The series of attempts that end with the usual status, as most do. */
  #usual: CounterCell | undefined;
  #duration: HistogramCell | undefined;

  /** @param findOverflow absent for series that take everything. */
  constructor(
    client: ClientState,
    operation: Operation,
    metrics: ClientMetrics,
    findOverflow: FindOverflow | undefined,
  ) {
    this.client = client;
    this.operation = operation;
    this.#labels = { client: client.client, method: operation.method, url_template: operation.template };
    this.#metrics = metrics;
    this.#findOverflow = findOverflow;
    this.#usualStatus = successStatus(operation);
    for (const { status, error } of zeroInitializedOutcomes(operation)) {
      if (!client.rooms.requests.take()) break;
      const { code = "", category = "" } = error ?? {};
      this.#add("requests", code, category, statusLabel(status), retryableLabel(error));
    }
    for (const follows of [undefined, LIMITED_ERROR]) {
      if (!client.rooms.retries.take()) break;
      this.#add("retries", follows?.code ?? "", follows?.category ?? "");
    }
  }

  /**
   * @param durationPerOperation whether its duration is observed for this operation, or for the client alone.
   * @param exemplar labels that lead to this attempt, where they can be shown.
   */
  record(outcome: Outcome, durationPerOperation: boolean, exemplar?: Labels | undefined): void {
    const { status, error, durationSeconds } = outcome;
    this.#requestOf(status, error).increment(error && exemplar);
    if (outcome.retryCount > 0) this.#find("retries", outcome.follows).increment();
    // NaN would make the sum NaN for ever.
    if (Number.isFinite(durationSeconds)) {
      if (durationPerOperation) this.#observeDuration(durationSeconds, exemplar);
      else this.client.observeDuration(durationSeconds, exemplar);
    }
    if (status !== undefined && !outcome.fromOtherHost) this.client.observeResponse(status, outcome);
  }

  #observeDuration(value: number, exemplar: Labels | undefined): void {
    const duration = this.#duration ?? this.#addDuration();
    duration.observe(value, exemplar);
  }

  #addDuration(): HistogramCell {
    const { duration, bounds } = this.#metrics;
    const overflow = bounds.all.duration.take() ? undefined : this.#findOverflow?.(this.operation);
    this.#duration = overflow ? (overflow.#duration ?? overflow.#addDuration()) : duration.add(this.#labels);
    return this.#duration;
  }

  #requestOf(status: number | undefined, error: Outcome["error"]): CounterCell {
    if (error || status !== this.#usualStatus) return this.#findRequest(status, error);
    this.#usual ??= this.#findRequest(status, error);
    return this.#usual;
  }

  #findRequest(status: number | undefined, error: Outcome["error"]): CounterCell {
    return this.#find("requests", error, statusLabel(status), statusClass(status), retryableLabel(error));
  }

  /** The counter with these labels: its own, that of its class of statuses where there is no room, or the overflow. */
  #find(
    counter: Counter,
    error: FollowedError | undefined,
    status?: string,
    joinedStatus?: string,
    retryable?: string,
  ): CounterCell {
    const code = error === undefined ? "" : error.code;
    const category = error === undefined ? "" : error.category;
    const known = this.#counters.find(code, category, status, retryable);
    if (known) return known;
    if (this.client.rooms[counter].take()) return this.#add(counter, code, category, status, retryable);
    const joinedCode = error === undefined ? "" : OTHER_ERROR_CODE;
    const joined = this.#counters.find(joinedCode, category, joinedStatus, retryable);
    if (joined) return joined;
    if (!this.#findOverflow || this.#metrics.bounds.all[counter].take())
      return this.#add(counter, joinedCode, category, joinedStatus, retryable);
    return this.#findOverflow(this.operation).#find(counter, error, status, joinedStatus, retryable);
  }

  #add(
    counter: Counter,
    error_code: string,
    error_category: string,
    status_code?: string,
    retryable?: string,
  ): CounterCell {
    const { client, method, url_template } = this.#labels;
    const labels =
      status_code === undefined || retryable === undefined
        ? { client, method, url_template, error_code, error_category }
        : { client, method, url_template, status_code, error_code, error_category, retryable };
    return this.#counters.add(error_code, this.#metrics[counter].add(labels));
  }
}
