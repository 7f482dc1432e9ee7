import type { Operation } from "../../classify/index.ts";
import { UNKNOWN_OPERATION } from "../../classify/index.ts";
import type { FailureStage } from "../../contract/index.ts";
import { FAILURE_STAGES, OTHER_CLIENT } from "../../contract/index.ts";
import type { ClientMetrics, CounterCell } from "./client-metrics.ts";
import { ClientState } from "./client-state.ts";
import type { FindOverflow } from "./operation-series.ts";
import { OperationSeries } from "./operation-series.ts";

/** A client and its operations, by template: those of one template differ in their methods. */
interface ClientEntry {
  readonly state: ClientState;
  readonly operations: Map<string, OperationSeries[]>;
}

/**
 * All series of one registry or meter, shared by all that record into it: two transports, or two copies of this package.
 */
export class SeriesSet<Metrics extends ClientMetrics = ClientMetrics> {
  readonly metrics: Metrics;
  readonly #clients = new Map<string, ClientEntry>();
  readonly #toOtherClient: FindOverflow = (operation) => this.operation(OTHER_CLIENT, operation);
  readonly #toUnknownOperation: FindOverflow = () => this.operation(OTHER_CLIENT, UNKNOWN_OPERATION);
  readonly #failures: ReadonlyMap<FailureStage, CounterCell>;

  constructor(metrics: Metrics) {
    this.metrics = metrics;
    const { failures } = metrics;
    this.#failures = new Map(FAILURE_STAGES.map((stage) => [stage, failures.add(Object.freeze({ stage }))]));
    metrics.onCollect(() => {
      for (const { state } of this.#clients.values()) state.closeEndedWindow();
    });
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
    this.#failures.get(stage)?.increment();
  }

  #clientOf(client: string): ClientEntry {
    const known = this.#clients.get(client);
    if (known) return known;
    const entry = { state: new ClientState(client, this.metrics), operations: new Map() };
    this.#clients.set(client, entry);
    return entry;
  }

  #addOperation({ state, operations }: ClientEntry, operation: Operation): OperationSeries {
    const series = new OperationSeries(
      state,
      operation,
      this.metrics,
      this.#overflowOf(state.client, operation),
    );
    const candidates = operations.get(operation.template);
    if (candidates) candidates.push(series);
    else operations.set(operation.template, [series]);
    return series;
  }

  /** What has no room is counted for the client `other`, and where that is bounded too, as an unknown operation. */
  #overflowOf(client: string, { method }: Operation): FindOverflow | undefined {
    if (client !== OTHER_CLIENT) return this.#toOtherClient;
    // A method that HTTP does not define is in no operation that is known.
    const isLast = method === UNKNOWN_OPERATION.method;
    return isLast || !this.metrics.bounds.joinsOperations ? undefined : this.#toUnknownOperation;
  }
}
