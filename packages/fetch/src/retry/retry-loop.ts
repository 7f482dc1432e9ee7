import type { Operation, Outcome, RetryCall } from "@intercom-telemetry/core";
import { findOperation, RetryPolicy, sleep } from "@intercom-telemetry/core";
import { isObject, logWarning, recordRefusal } from "@intercom-telemetry/core/record";
import { MeasuredAttempt } from "../measured-attempt.ts";
import type { Measurement } from "../measurement.ts";
import type { ResolvedFetchRetry } from "../options.ts";
import { FetchRequest } from "../outgoing-request.ts";
import { limitTime } from "./limit-time.ts";

/** How one attempt settled. */
type Settled = { readonly response: Response } | { readonly error: unknown };

/** One call of fetch while it lasts. */
interface LoopState {
  readonly base: typeof fetch;
  readonly first: FetchRequest;
  readonly operation: Operation;
  readonly query: string;
  readonly startedMilliseconds: number;
  retries: number;
}

/** A response that is not handed on must not keep its connection. */
function dropResponse(settled: Settled): void {
  if (!("response" in settled)) return;
  const { body } = settled.response;
  if (isObject(body) && typeof body.cancel === "function") {
    Promise.resolve(body.cancel()).catch(() => {});
  }
}

/** Retries what goes to Intercom as Intercom asks for. One for each token. */
export class RetryLoop {
  readonly #measurement: Measurement;
  readonly #options: ResolvedFetchRetry;
  readonly #policy: RetryPolicy;
  #hasWarned = false;

  constructor(measurement: Measurement, options: ResolvedFetchRetry) {
    this.#measurement = measurement;
    this.#options = options;
    this.#policy = new RetryPolicy(options);
  }

  /** Whether the request goes to Intercom. */
  concerns({ url }: FetchRequest): boolean {
    return this.#measurement.readTarget(url) !== undefined;
  }

  /** Settles as the last attempt does. */
  async run(base: typeof fetch, first: FetchRequest): Promise<Response> {
    const target = this.#measurement.readTarget(first.url);
    if (!target) return Reflect.apply(base, undefined, first.args);
    if (first.call.isSdk && first.call.attempts > 0) this.#warnOfSdkRetries();
    const state: LoopState = {
      base,
      first,
      operation: findOperation(first.method, target),
      query: target.query,
      startedMilliseconds: this.#policy.nowMilliseconds(),
      retries: 0,
    };
    for (;;) {
      const { settled, outcome } = await this.#attempt(state);
      if (await this.#waitForRetry(state, outcome)) {
        dropResponse(settled);
        state.retries += 1;
        continue;
      }
      if ("error" in settled) throw settled.error;
      return settled.response;
    }
  }

  async #attempt(state: LoopState): Promise<{ settled: Settled; outcome: Outcome | undefined }> {
    const { base, first } = state;
    await this.#throttle(state);
    const isRetry = state.retries > 0;
    const limit = isRetry ? limitTime(first, this.#policy.secondsLeft(state)) : undefined;
    const request = limit ? new FetchRequest(limit.args, first.call) : first;
    let outcome: Outcome | undefined;
    const onEnd = (ended: Outcome): void => {
      outcome = ended;
      this.#policy.recordEnd(ended);
    };
    // An attempt that the caller has canceled meanwhile goes to fetch, which rejects it in its own way.
    const attempt = request.isAborted ? undefined : MeasuredAttempt.start(this.#measurement, request, onEnd);
    try {
      const response = await (attempt ? attempt.run(base) : Reflect.apply(base, undefined, request.args));
      if (attempt && isObject(response) && Number(response.status) >= 400) await attempt.readNow(response);
      return { settled: { response }, outcome };
    } catch (error) {
      return { settled: { error }, outcome };
    } finally {
      limit?.lift();
    }
  }

  async #throttle(state: LoopState): Promise<void> {
    if (!this.#options.throttle) return;
    const { call, signal } = state.first;
    const waited = await this.#policy.throttle(this.#toRetryCall(state), signal);
    if (waited === undefined || waited === 0) return;
    const { seconds = 0, reason = "throttled" } = call.delay ?? {};
    call.delay = { seconds: seconds + waited, reason };
  }

  /** @returns whether another attempt follows; by then it is time for it. */
  async #waitForRetry(state: LoopState, outcome: Outcome | undefined): Promise<boolean> {
    if (!outcome?.error || outcome.canceled) return false;
    const decision = this.#policy.decide(outcome, this.#toRetryCall(state));
    if (!decision.retry) {
      recordRefusal(decision.reason);
      return false;
    }
    const { delaySeconds, reason } = decision;
    state.first.call.delay = { seconds: delaySeconds, reason };
    await sleep(delaySeconds, state.first.signal);
    return true;
  }

  #toRetryCall({ first, operation, query, startedMilliseconds, retries }: LoopState): RetryCall {
    return {
      operation,
      query,
      startedMilliseconds,
      retryCount: retries,
      mostRetries: this.#options.retries,
      readBody: () => first.body,
    };
  }

  #warnOfSdkRetries(): void {
    if (this.#hasWarned) return;
    this.#hasWarned = true;
    logWarning(
      "the official SDK retries what intercomFetch has retried already; create it with maxRetries: 0",
    );
  }
}
