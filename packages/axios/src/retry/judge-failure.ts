import type { ApiHost, HeaderReader, Operation, Outcome } from "@intercom-telemetry/core";
import { classify, createTargetReader, DEFAULT_CLIENT, findOperation } from "@intercom-telemetry/core";
import type { RequestConfig } from "../axios-types.ts";
import { endingOfError } from "../ending.ts";
import { isObject } from "../is-object.ts";
import { toOutgoingRequest } from "../outgoing-request.ts";

/** One failed send, judged. */
export interface JudgedFailure {
  readonly outcome: Outcome;
  readonly route: Operation;
  readonly config: RequestConfig;
  /** Present when an answer came. */
  readonly headers: HeaderReader | undefined;
}

/**
 * Makes the function that judges what axios rejected with, as spans and metrics judge it.
 *
 * @returns a function that gives `undefined` for a request that did not go to Intercom.
 */
export function createFailureJudge(hosts: readonly ApiHost[]): (error: unknown) => JudgedFailure | undefined {
  const readTarget = createTargetReader(hosts);
  return (error) => {
    const config = isObject(error) && isObject(error.config) ? (error.config as RequestConfig) : undefined;
    if (!config) return undefined;
    const request = toOutgoingRequest(config);
    const target = readTarget(request.url);
    if (!target) return undefined;
    const route = findOperation(request.method, target);
    const ending = endingOfError(error, config, () => false);
    const outcome: Outcome = {
      client: DEFAULT_CLIENT,
      method: route.method,
      urlTemplate: route.template,
      apiVersion: undefined,
      retryCount: 0,
      follows: undefined,
      durationSeconds: 0,
      ...classify(ending, route),
    };
    return { outcome, route, config, headers: ending.failureCode === undefined ? ending.headers : undefined };
  };
}
