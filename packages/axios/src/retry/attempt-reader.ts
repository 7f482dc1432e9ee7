import type { Outcome, ResolvedRetryOptions, RetryCall } from "@intercom-telemetry/core";
import { classify, createTargetReader, DEFAULT_CLIENT, findOperation } from "@intercom-telemetry/core";
import { isObject, outcomeOf, rememberOutcome } from "@intercom-telemetry/core/record";
import type { RequestConfig } from "../axios-types.ts";
import { axiosRetryCount, Call, callOf, retryCountOf, setCall } from "../call.ts";
import { endingOfError, endingOfResponse, isParsingError } from "../ending.ts";
import { methodOf, urlOf } from "../outgoing-request.ts";

/** One call as the retry policy sees it, and what the package keeps of it in the configuration. */
export interface ReadCall {
  readonly config: RequestConfig;
  readonly call: Call;
  readonly facts: RetryCall;
}

/** The call of a configuration. A frozen one keeps nothing: then each attempt is a separate call. */
function keptCall(config: RequestConfig): Call {
  const known = callOf(config);
  if (known) return known;
  const call = new Call();
  setCall(config, call);
  return call;
}

/** When axios-retry saw the attempt leave, in milliseconds since the epoch. */
function axiosRetrySent(config: RequestConfig): number | undefined {
  const state = config["axios-retry"];
  const sent = isObject(state) ? state.lastRequestTime : undefined;
  return typeof sent === "number" ? sent : undefined;
}

/**
 * Whether the wire gave a response and something after it failed, which older versions of axios do not say: the recorded
 * attempt succeeded, or axios could not parse what came.
 */
function failedAfterResponse(settled: Record<PropertyKey, unknown>, call: Call): boolean {
  if (settled.response !== undefined || settled.status !== undefined) return false;
  return isParsingError(settled) || (call.attempts > 0 && !call.isRetried);
}

/** Reads what axios passes on: configurations, responses and errors. */
export class AttemptReader {
  readonly #readTarget: ReturnType<typeof createTargetReader>;

  constructor({ hosts }: Pick<ResolvedRetryOptions, "hosts">) {
    this.#readTarget = createTargetReader(hosts);
  }

  /** @returns `undefined` for a request to another host. */
  readCall(config: unknown): ReadCall | undefined {
    if (!isObject(config)) return undefined;
    const request: RequestConfig = config;
    const target = this.#readTarget(urlOf(request));
    if (!target) return undefined;
    const call = keptCall(request);
    const now = performance.now();
    const sent = axiosRetrySent(request);
    call.startedMilliseconds ??= sent === undefined ? now : now - Math.max(0, Date.now() - sent);
    const facts = {
      operation: findOperation(methodOf(request), target),
      query: target.query,
      startedMilliseconds: call.startedMilliseconds,
      retryCount: Math.max(axiosRetryCount(request), retryCountOf(request, call)),
      readBody: () => request.data,
    };
    return { config: request, call, facts };
  }

  /**
   * The outcome of the attempt that settled with a response or error: as it was recorded, or classified here, once, for
   * an instance that is not instrumented.
   *
   * @returns `undefined` when the wire gave a response and something after it failed.
   */
  readOutcome(settled: unknown, { config, call, facts }: ReadCall): Outcome | undefined {
    const known = outcomeOf(settled);
    if (known) return known;
    if (!isObject(settled)) return undefined;
    if (failedAfterResponse(settled, call)) return undefined;
    if (call.succeeded) return call.succeeded;
    const isOtherHost = (url: string): boolean => this.#readTarget(url) === undefined;
    const ending =
      settled.status !== undefined && !(settled instanceof Error)
        ? endingOfResponse(settled, isOtherHost)
        : endingOfError(settled, config, isOtherHost);
    const { operation, retryCount } = facts;
    const sent = call.sentMilliseconds;
    const outcome = {
      ...classify(ending, operation),
      client: DEFAULT_CLIENT,
      method: operation.method,
      urlTemplate: operation.template,
      apiVersion: undefined,
      retryCount,
      follows: undefined,
      durationSeconds: sent === undefined ? 0 : (performance.now() - sent) / 1000,
    };
    rememberOutcome(settled, outcome);
    return outcome;
  }
}
