import type { ResolvedConfig } from "../config/options.ts";
import type { ThresholdKey } from "../config/thresholds.ts";
import { overWindow, ratio, sumBy, zeroIfAbsent } from "../promql/idioms.ts";
import { RATE_WINDOW, RATE_WINDOW_SECONDS, RECORDS } from "../promql/records.ts";
import { clientLabels, rawMetric, select } from "../promql/select.ts";
import { stepSeconds } from "../rules/slo-rules.ts";
import type { AlertThreshold } from "./alert.ts";

/** A threshold of the configuration, to be passed upwards. */
export function above(config: ResolvedConfig, key: ThresholdKey): AlertThreshold {
  return { value: config.thresholds[key], comparison: ">", setting: `thresholds.${key}` };
}

/** A threshold of the configuration, to be passed downwards. */
export function below(config: ResolvedConfig, key: ThresholdKey): AlertThreshold {
  return { ...above(config, key), comparison: "<" };
}

/** `value > threshold`, with the value left as the result. */
export function compare(value: string, { comparison, value: threshold }: AlertThreshold): string {
  return `(${value}) ${comparison} ${threshold}`;
}

/** All conditions at once; the first one's value is the alert's. */
export function allOf(...conditions: readonly string[]): string {
  return conditions.join("\nand\n");
}

/** Share of a client's requests with certain outcomes, over the last 5 minutes. */
export function outcomeShare(config: ResolvedConfig, matchers: readonly string[]): string {
  const chosen = sumBy(clientLabels(config), select(RECORDS.outcomeRequests, matchers));
  return `${chosen} / (${RECORDS.requests} > 0)`;
}

/** The same over a longer window. */
export function outcomeShareOver(
  config: ResolvedConfig,
  matchers: readonly string[],
  window: string,
): string {
  const step = stepSeconds(window);
  const chosen = sumBy(
    clientLabels(config),
    overWindow(select(RECORDS.outcomeRequests, matchers), window, step),
  );
  return `${chosen} / (${overWindow(RECORDS.requests, window, step)} > 0)`;
}

/** True with at least this many requests in 5 minutes: a share of fewer is chance. */
export function enoughRequests(config: ResolvedConfig): string {
  return `${RECORDS.requests} * ${RATE_WINDOW_SECONDS} >= ${config.thresholds.minimumRequests}`;
}

/** The same over a longer window. */
export function enoughRequestsOver(config: ResolvedConfig, window: string): string {
  const step = stepSeconds(window);
  return `${overWindow(RECORDS.requests, window, step)} * ${step} >= ${config.thresholds.minimumRequests}`;
}

/** Share of a client's requests that were refused because of a limit. */
export function rateLimitedShare(matchers: readonly string[] = []): string {
  return ratio(select(RECORDS.rateLimited, matchers), select(RECORDS.requests, matchers));
}

/** Share of a client's calls that ended with a refusal because of a limit, after all retries. */
export function surfacedShare(matchers: readonly string[] = []): string {
  const limited = select(RECORDS.rateLimited, matchers);
  const retries = zeroIfAbsent(select(RECORDS.retries, matchers), limited);
  return `clamp_min(${limited} - (${retries}), 0) / (${select(RECORDS.calls, matchers)} > 0)`;
}

/** Share of a client's requests whose answer had no usable rate-limit headers. */
export function headersUnknownShare(config: ResolvedConfig, matchers: readonly string[] = []): string {
  const unknown = `rate(${rawMetric(config, "rateLimitUnknown", matchers)}[${RATE_WINDOW}])`;
  return ratio(sumBy(clientLabels(config), unknown), select(RECORDS.requests, matchers));
}

/** A ratio as per cent, without the noise of floating point. */
export function formatPercent(ratio: number): string {
  return `${Number((ratio * 100).toPrecision(6))}%`;
}
