import { METRICS } from "@intercom-telemetry/core/contract";
import fc from "fast-check";
import type * as promClient from "prom-client";
import { Counter } from "../../packages/core/src/record/prometheus/counter.ts";
import { Gauge } from "../../packages/core/src/record/prometheus/gauge.ts";
import { Histogram } from "../../packages/core/src/record/prometheus/histogram.ts";

/** prom-client in any version, by the types of the newest. */
export type Library = typeof promClient;
type Registry = promClient.Registry<promClient.RegistryContentType>;

const value = fc.double({ min: 0, max: 1e9, noNaN: true });
const labelValue = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc.constantFrom('"', "\\", "\n", "\\n", "", "GET"),
);
const traceLabels = fc.option(fc.record({ trace_id: fc.stringMatching(/^[0-9a-f]{32}$/) }), {
  nil: undefined,
});
const event = fc.record({ value, exemplar: traceLabels });

/** Series of one metric, by distinct labels, each with what happens to it. */
const seriesOf = (names: readonly string[]) =>
  fc.uniqueArray(
    fc.record({
      labels: fc.record(Object.fromEntries(names.map((name) => [name, labelValue]))),
      events: fc.array(event, { maxLength: 20 }),
    }),
    { maxLength: 8, selector: ({ labels }) => names.map((name) => `${name}:${labels[name]}`).join() },
  );

/** A registry's content: a counter, a histogram and a gauge. */
export const content = fc.record({
  requests: seriesOf(METRICS.requests.labels),
  duration: seriesOf(METRICS.duration.labels),
  rateLimit: seriesOf(METRICS.rateLimit.labels),
});

/** One value of {@link content}. */
export type Content = typeof content extends fc.Arbitrary<infer Value> ? Value : never;

/** Writes the content with our metrics, each exemplar with the time of the clock. */
export function fillWithOurs(
  registry: Registry,
  { requests, duration, rateLimit }: Content,
  exemplars: boolean,
): void {
  const shown = (labels: Record<string, string> | undefined) => (exemplars ? labels : undefined);
  const counter = new Counter(METRICS.requests);
  const histogram = new Histogram(METRICS.duration);
  const gauge = new Gauge(METRICS.rateLimit);
  for (const metric of [counter, histogram, gauge]) registry.registerMetric(metric as never);
  for (const { labels, events } of requests) {
    const series = counter.add(labels);
    for (const { exemplar } of events) series.increment(shown(exemplar));
  }
  for (const { labels, events } of duration) {
    const series = histogram.add(labels);
    for (const each of events) series.observe(each.value, shown(each.exemplar));
  }
  for (const { labels, events } of rateLimit) gauge.add(labels, () => events.at(-1)?.value ?? 0);
}

/** Writes the same with prom-client's. */
export function fillWithTheirs(
  library: Library,
  registry: Registry,
  { requests, duration, rateLimit }: Content,
  enableExemplars: boolean,
): void {
  const configurationOf = ({ name, help, labels }: typeof METRICS.requests) => ({
    ...{ name, help, labelNames: labels, registers: [registry] },
    ...(enableExemplars ? { enableExemplars } : {}),
  });
  const counter = new library.Counter(configurationOf(METRICS.requests));
  const buckets = [...(METRICS.duration.buckets ?? [])];
  const histogram = new library.Histogram({ ...configurationOf(METRICS.duration), buckets });
  const { name, help, labels: labelNames, aggregator } = METRICS.rateLimit;
  const gauge = new library.Gauge({ name, help, labelNames, registers: [registry], aggregator } as never);
  for (const { labels, events } of requests) {
    if (enableExemplars) counter.inc({ labels, value: 0 });
    else counter.inc(labels, 0);
    for (const { exemplar } of events) {
      if (enableExemplars) counter.inc({ labels, value: 1, ...(exemplar && { exemplarLabels: exemplar }) });
      else counter.inc(labels);
    }
  }
  for (const { labels, events } of duration) {
    histogram.zero(labels);
    for (const each of events) {
      if (!enableExemplars) histogram.observe(labels, each.value);
      else
        histogram.observe({
          labels,
          value: each.value,
          ...(each.exemplar && { exemplarLabels: each.exemplar }),
        });
    }
  }
  for (const { labels, events } of rateLimit) gauge.set(labels, events.at(-1)?.value ?? 0);
}
