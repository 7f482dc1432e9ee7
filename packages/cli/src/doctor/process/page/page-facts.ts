import { METRICS, UNMATCHED_TEMPLATE } from "@intercom-telemetry/core/contract";
import type { DoubledClient, FallingCounters, TelemetryFacts } from "../facts.ts";
import { findMovedLabels } from "../moved-labels.ts";
import { findSilent, type SeriesValue, sumBy, sumOf, valuesOf } from "../series.ts";

const SCOPE_LABEL = "otel_scope_name";
const BUCKETS = `${METRICS.duration.name}_bucket`;
const COUNTERS = new Set([METRICS.requests.name, METRICS.retries.name, `${METRICS.duration.name}_count`]);

const keyOf = ({ name, labels }: SeriesValue): string =>
  JSON.stringify([name, Object.entries(labels).sort()]);

/** How often a counter is lower, or gone, in the next of some readings of one address. */
function countFalls(readings: readonly (readonly SeriesValue[])[]): number {
  let falls = 0;
  let before = new Map<string, number>();
  for (const reading of readings) {
    const counters = reading.filter(({ name }) => COUNTERS.has(name));
    const now = new Map(counters.map((series) => [keyOf(series), series.value]));
    if ([...before].some(([key, value]) => (now.get(key) ?? -1) < value)) falls += 1;
    before = now;
  }
  return falls;
}

function describeFalls(readings: readonly (readonly SeriesValue[])[]): readonly FallingCounters[] {
  const falls = countFalls(readings);
  return falls === 0 ? [] : [{ job: "", instance: "", falls }];
}

const hasBuckets = (series: readonly SeriesValue[]): boolean =>
  series.some(({ name, labels }) => name === BUCKETS && labels.le !== undefined);

/** A client that two libraries write onto one page: only OpenTelemetry's has a scope. */
function findDoubled(series: readonly SeriesValue[]): readonly DoubledClient[] {
  const scoped = series.filter(({ labels }) => labels[SCOPE_LABEL] !== undefined);
  const others = series.filter(({ labels }) => labels[SCOPE_LABEL] === undefined);
  const { name } = METRICS.info;
  const twice = sumBy(scoped, name, "client");
  return [...sumBy(others, name, "client").keys()]
    .filter((client) => twice.has(client))
    .map((client) => ({ client, isSame: true }));
}

/** What several readings of one page, a moment apart, tell. */
export function pageFacts(readings: readonly (readonly SeriesValue[])[]): TelemetryFacts {
  const series = readings.at(-1) ?? [];
  const { info, requests, inFlight, failures, probeSuccess } = METRICS;
  const infoSeries = series.filter(({ name }) => name === info.name);
  const clients = valuesOf(infoSeries, "client");
  return {
    clients,
    silentClients: findSilent(clients, sumBy(series, requests.name, "client")),
    isProbeOnly: series.some(({ name }) => name === probeSuccess.name),
    requests: sumOf(series, requests.name),
    unmatchedRequests: sumBy(series, requests.name, "url_template").get(UNMATCHED_TEMPLATE) ?? 0,
    inFlight: sumOf(series, inFlight.name),
    failuresByStage: sumBy(series, failures.name, "stage"),
    movedLabels: findMovedLabels(series.flatMap(({ labels }) => Object.keys(labels))),
    jobsWithoutBuckets: hasBuckets(series) ? [] : [""],
    falling: describeFalls(readings),
    doubled: findDoubled(series),
  };
}
