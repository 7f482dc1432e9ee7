import type { Operation } from "../../classify/index.ts";
import type { FailureStage } from "../../contract/index.ts";
import { FAILURE_STAGES, OTHER_CLIENT } from "../../contract/index.ts";
import { ClientState } from "./client-state.ts";
import type { CounterSeries } from "./counter.ts";
import { MetricSet } from "./metric-set.ts";
import { OperationSeries } from "./operation-series.ts";

/** A client and its operations, by template: those of one template differ in their methods. */
interface ClientEntry {
  readonly state: ClientState;
  readonly operations: Map<string, OperationSeries[]>;
}

/** All series of one registry, shared by all that record into it: two transports, or two copies of this package. */
export class SeriesSet {
  readonly metrics: MetricSet = new MetricSet();
  readonly #clients = new Map<string, ClientEntry>();
  readonly #findOverflow = (operation: Operation): OperationSeries => this.operation(OTHER_CLIENT, operation);
  readonly #failures: ReadonlyMap<FailureStage, CounterSeries>;

  constructor() {
    const { failures, windowUsage } = this.metrics;
    this.#failures = new Map(FAILURE_STAGES.map((stage) => [stage, failures.add(Object.freeze({ stage }))]));
    windowUsage.collect = () => {
      for (const { state } of this.#clients.values()) state.closeEndedWindow();
    };
  }

  /** Creates the pre-initialized series of a client. */
  ensureClient(client: string): void {
    this.#clientOf(client);
  }

  /** The same object for each attempt at this operation by this client. */
  operation(client: string, operation: Operation): OperationSeries {
    const entry = this.#clientOf(client);
    const candidates = entry.operations.get(operation.template);
    if (candidates) {
      for (const series of candidates) if (series.operation.method === operation.method) return series;
    }
    return this.#addOperation(entry, operation);
  }

  countFailure(stage: FailureStage): void {
    const series = this.#failures.get(stage);
    if (series) series.value += 1;
  }

  #clientOf(client: string): ClientEntry {
    const known = this.#clients.get(client);
    if (known) return known;
    const entry = { state: new ClientState(client, this.metrics), operations: new Map() };
    this.#clients.set(client, entry);
    return entry;
  }

  #addOperation({ state, operations }: ClientEntry, operation: Operation): OperationSeries {
    const findOverflow = state.client === OTHER_CLIENT ? undefined : this.#findOverflow;
    const series = new OperationSeries(state, operation, this.metrics, findOverflow);
    const candidates = operations.get(operation.template);
    if (candidates) candidates.push(series);
    else operations.set(operation.template, [series]);
    return series;
  }
}
