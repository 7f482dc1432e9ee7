import { METRICS } from "@intercom-telemetry/core/contract";
import { type Sample, sumOf } from "../metrics-text.ts";

/** What a person wants to know of one service, read from its metrics page. */
export interface ServiceView {
  readonly name: string;
  /** Since the page was last read. */
  readonly requestsPerSecond: number;
  readonly requests: number;
  readonly retries: number;
  /** `undefined` before the first response with rate-limit headers. */
  readonly remaining: number | undefined;
  readonly limit: number | undefined;
  readonly slowest: SlowOperation | undefined;
  /** Failed requests by error code. */
  readonly errors: ReadonlyMap<string, number>;
}

/** The operation with the longest mean duration. */
export interface SlowOperation {
  readonly operation: string;
  readonly meanSeconds: number;
}

function findSlowest(samples: readonly Sample[]): SlowOperation | undefined {
  const { name } = METRICS.duration;
  const means = samples
    .filter((sample) => sample.name === `${name}_count` && sample.value > 0)
    .map(({ labels, value }) => ({
      operation: `${labels.method} ${labels.url_template}`,
      meanSeconds: sumOf(samples, `${name}_sum`, labels) / value,
    }));
  return means.sort((a, b) => b.meanSeconds - a.meanSeconds)[0];
}

function countErrors(samples: readonly Sample[]): Map<string, number> {
  const errors = new Map<string, number>();
  for (const { name, labels, value } of samples) {
    const code = labels.error_code;
    if (name === METRICS.requests.name && code && value > 0)
      errors.set(code, (errors.get(code) ?? 0) + value);
  }
  return errors;
}

const gauge = (samples: readonly Sample[], name: string): number | undefined =>
  samples.find((sample) => sample.name === name)?.value;

/**
 * Reads a metrics page.
 *
 * @param before what was read the last time, `seconds` ago.
 */
export function viewService(
  name: string,
  samples: readonly Sample[],
  before: ServiceView | undefined,
  seconds: number,
): ServiceView {
  const requests = sumOf(samples, METRICS.requests.name);
  return {
    name,
    requests,
    requestsPerSecond: (requests - (before?.requests ?? 0)) / seconds,
    retries: sumOf(samples, METRICS.retries.name),
    remaining: gauge(samples, METRICS.rateLimitRemaining.name),
    limit: gauge(samples, METRICS.rateLimit.name),
    slowest: findSlowest(samples),
    errors: countErrors(samples),
  };
}
