import { METRICS } from "@intercom-telemetry/core/contract";
import { describeStatus, lookupError } from "@intercom-telemetry/core/facts";
import type { HistorySeries } from "./backfill.ts";

/** Requests of one kind. */
export interface TrafficShape {
  readonly method: string;
  readonly template: string;
  readonly status: string;
  readonly code?: string;
  readonly retryable?: boolean;
  readonly perMinute: number;
}

/** One process. */
export interface ProcessShape {
  readonly job: string;
  readonly instance: string;
  readonly client: string;
  readonly traffic: readonly TrafficShape[];
  readonly retriesPerMinute?: number;
  /** Restarted at these seconds: counters begin again at 0. */
  readonly restartsAt?: readonly number[];
  /** Requests that never end. */
  readonly hanging?: number;
  readonly telemetryFailuresPerMinute?: number;
  /** The version runs until the second, and the next one from then on. */
  readonly upgradeAt?: number;
  readonly limit: number;
  readonly startEpochSeconds: number;
}

const WINDOW_SECONDS = 10;
/** Share of requests at or below each duration edge, in the order of the contract's buckets. */
const FAST_SHARES = [0, 0.05, 0.2, 0.6, 0.8, 0.88, 0.94, 0.97, 0.99, 0.995, 1, 1, 1];
/** Share of windows at or below each usage edge. */
const USAGE_SHARES = [0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.55, 0.6, 0.8, 0.9, 1];

/** Growth since the last restart. */
function counter(perMinute: number, restartsAt: readonly number[] = []): (second: number) => number {
  return (second) => {
    const since = restartsAt.filter((restart) => restart <= second).at(-1) ?? 0;
    return ((second - since) * perMinute) / 60;
  };
}

const categoryOf = (code: string, status: string): string =>
  lookupError(code)?.category ?? describeStatus(Number(status))?.category ?? "unknown";

function requestSeries(process: ProcessShape): readonly HistorySeries[] {
  const { job, instance, client, traffic, restartsAt } = process;
  const identity = { job, instance, client };
  return traffic.map(({ method, template, status, code, retryable, perMinute }) => ({
    metric: METRICS.requests.name,
    type: "counter" as const,
    labels: {
      ...identity,
      method,
      url_template: template,
      ...(status === "" ? {} : { status_code: status }),
      ...(code === undefined
        ? {}
        : { error_code: code, error_category: categoryOf(code, status), retryable: String(retryable) }),
    },
    valueAt: counter(perMinute, restartsAt),
  }));
}

function histogram(
  key: "duration" | "windowUsage",
  labels: Readonly<Record<string, string>>,
  shares: readonly number[],
  valueAt: (second: number) => number,
): readonly HistorySeries[] {
  const { name, buckets = [] } = METRICS[key];
  const edges = [...buckets.map(String), "+Inf"].map((le, index) => ({
    metric: `${name}_bucket`,
    type: "bucket" as const,
    labels: { ...labels, le },
    valueAt: (second: number) => valueAt(second) * (shares[index] ?? 1),
  }));
  return [...edges, { metric: `${name}_count`, type: "bucket", labels, valueAt }];
}

function durationSeries({
  job,
  instance,
  client,
  traffic,
  restartsAt,
}: ProcessShape): readonly HistorySeries[] {
  const operations = new Set(traffic.map(({ method, template }) => `${method} ${template}`));
  return [...operations].flatMap((key) => {
    const [method = "", template = ""] = key.split(" ");
    const own = traffic.filter((shape) => shape.method === method && shape.template === template);
    const perMinute = own.reduce((sum, shape) => sum + shape.perMinute, 0);
    const labels = { job, instance, client, method, url_template: template };
    return histogram("duration", labels, FAST_SHARES, counter(perMinute, restartsAt));
  });
}

function gauge(
  process: ProcessShape,
  key: keyof typeof METRICS,
  valueAt: (second: number) => number | undefined,
  extra: Readonly<Record<string, string>> = {},
): HistorySeries {
  const { job, instance, client } = process;
  return { metric: METRICS[key].name, type: "gauge", labels: { job, instance, client, ...extra }, valueAt };
}

function quotaSeries(process: ProcessShape): readonly HistorySeries[] {
  const { job, instance, client, limit, startEpochSeconds, traffic } = process;
  const isIdle = traffic.every(({ perMinute }) => perMinute === 0);
  // An idle process still reports the window of its last response, long over.
  const reset = (second: number): number =>
    isIdle
      ? startEpochSeconds
      : Math.floor((startEpochSeconds + second) / WINDOW_SECONDS + 1) * WINDOW_SECONDS;
  return [
    gauge(process, "rateLimit", () => limit),
    gauge(process, "rateLimitRemaining", () => (isIdle ? 1 : Math.round(limit * 0.7))),
    gauge(process, "rateLimitReset", reset),
    ...histogram(
      "windowUsage",
      { job, instance, client },
      USAGE_SHARES,
      counter(isIdle ? 0 : 6, process.restartsAt),
    ),
  ];
}

/** Everything that one process would have exposed. */
export function processHistory(process: ProcessShape): readonly HistorySeries[] {
  const { job, instance, client, traffic, restartsAt, upgradeAt = 0 } = process;
  const [first] = traffic;
  const version = (wanted: boolean) => (second: number) => (second >= upgradeAt === wanted ? 1 : undefined);
  return [
    ...requestSeries(process),
    ...durationSeries(process),
    ...quotaSeries(process),
    {
      metric: METRICS.retries.name,
      type: "counter",
      labels: {
        job,
        instance,
        client,
        method: first?.method ?? "GET",
        url_template: first?.template ?? "/me",
        error_code: "rate_limit_exceeded",
        error_category: "rate_limit",
      },
      valueAt: counter(process.retriesPerMinute ?? 0, restartsAt),
    },
    {
      metric: METRICS.rateLimitUnknown.name,
      type: "counter",
      labels: { job, instance, client },
      valueAt: counter(0),
    },
    {
      metric: METRICS.failures.name,
      type: "counter",
      labels: { job, instance, stage: "span" },
      valueAt: counter(process.telemetryFailuresPerMinute ?? 0, restartsAt),
    },
    gauge(process, "inFlight", () => process.hanging ?? 2),
    gauge(process, "info", version(true), { version: "0.2.0" }),
    ...(upgradeAt > 0 ? [gauge(process, "info", version(false), { version: "0.1.0" })] : []),
  ];
}
