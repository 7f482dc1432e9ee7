import type { ApiHost, Operation, TargetReader } from "../classify/index.ts";
import { createTargetReader, findOperation } from "../classify/index.ts";
import type { FailureStage } from "../contract/index.ts";
import { catchRejection } from "./catch-rejection.ts";
import { ClientNames } from "./client-names.ts";
import { FailureLog } from "./failure-log.ts";
import type { FlushOptions } from "./flush.ts";
import { flushRecorders } from "./flush.ts";
import type { ObservationSettings } from "./observation.ts";
import { Observation } from "./observation.ts";
import { PendingRecords } from "./pending-records.ts";
import type { Recorder } from "./recorder.ts";
import type { CallerRequest, OnOutcome, OutgoingRequest } from "./request.ts";

/** What an observer is made of. */
export interface ObserverOptions {
  /** A name, or a function that names the client of a request. */
  readonly client: string | ((request: CallerRequest) => string);
  readonly hosts: readonly ApiHost[];
  readonly recorders: readonly Recorder[];
  readonly onOutcome?: OnOutcome | undefined;
  /** Called once, when the first request to Intercom starts. */
  readonly onFirstRequest?: (() => void) | undefined;
  /** Requests for which it returns true are not recorded. */
  readonly ignore?: ((request: CallerRequest) => boolean) | undefined;
}

function toCallerRequest(request: OutgoingRequest, operation: Operation): CallerRequest {
  return {
    method: operation.method,
    urlTemplate: operation.template,
    url: request.url,
    header: (name) => request.header(name.toLowerCase()),
  };
}

/** Watches the requests of one transport, whichever it is. */
export class Observer {
  readonly #client: string | ((request: CallerRequest) => string);
  readonly #ignore: ((request: CallerRequest) => boolean) | undefined;
  readonly #names = new ClientNames();
  readonly #readTarget: TargetReader;
  readonly #settings: ObservationSettings;
  #onFirstRequest: (() => void) | undefined;

  constructor({ client, hosts, recorders, onOutcome, ignore, onFirstRequest }: ObserverOptions) {
    this.#client = client;
    this.#ignore = ignore;
    this.#onFirstRequest = onFirstRequest;
    this.#readTarget = createTargetReader(hosts);
    const pending = new PendingRecords();
    this.#settings = { recorders, onOutcome, pending, failures: new FailureLog(recorders) };
  }

  /**
   * Starts an observation. Never throws.
   *
   * @returns `undefined` when the request does not go to Intercom, or is ignored.
   */
  start(request: OutgoingRequest): Observation | undefined {
    try {
      const target = this.#readTarget(request.path ?? request.url, request.base);
      if (!target) return undefined;
      if (this.#onFirstRequest) this.#announceFirst(this.#onFirstRequest);
      const operation = findOperation(request.method, target);
      // A function that throws ignores nothing: what happened is recorded.
      if (this.#ignore && this.#ask(this.#ignore, request, operation) === true) return undefined;
      const client = this.#client;
      const name =
        typeof client === "string" ? client : this.#names.admit(this.#ask(client, request, operation));
      return new Observation(request, name, operation, target, this.#settings);
    } catch (error) {
      this.report("start", error);
      return undefined;
    }
  }

  /** Counts and logs what a transport's own work around a request threw. Never throws. */
  report(stage: FailureStage, error: unknown): void {
    this.#settings.failures.report(stage, error);
  }

  /** Exports what has been recorded, once all that has ended is. Never rejects. */
  flush(options?: FlushOptions): Promise<void> {
    const { recorders, pending } = this.#settings;
    return flushRecorders(recorders, pending, options);
  }

  #announceFirst(onFirstRequest: () => void): void {
    this.#onFirstRequest = undefined;
    onFirstRequest();
  }

  /** What a function of the user's says of a request; `undefined` when it throws. */
  #ask(say: (request: CallerRequest) => unknown, request: OutgoingRequest, operation: Operation): unknown {
    try {
      const said = say(toCallerRequest(request, operation));
      catchRejection(said, (error) => this.report("start", error));
      return said;
    } catch (error) {
      this.report("start", error);
      return undefined;
    }
  }
}
