import type { Meter, MetricOptions, Observable, ObservableResult } from "@opentelemetry/api";
import { ValueType } from "@opentelemetry/api";
import type { MetricDefinition } from "../../contract/index.ts";
import type { CellMetric, CounterCell, HistogramCell, Labels, ReadMetric } from "../series/client-metrics.ts";

/** A unit that is empty is left out: with one, a translator to Prometheus would change the name. */
function optionsOf({ help, unit, buckets }: MetricDefinition, valueType: ValueType): MetricOptions {
  return {
    description: help,
    valueType,
    ...(unit !== "" && { unit }),
    ...(buckets && { advice: { explicitBucketBoundaries: [...buckets] } }),
  };
}

/** The SDK sorts the keys of the attributes of every measurement: those that are sorted cost it least. */
function sortKeys(labels: Labels): Labels {
  return Object.fromEntries(Object.entries(labels).sort(([left], [right]) => (left < right ? -1 : 1)));
}

/**
 * A counter. Not an observable one, though its series could be read as those of a gauge. Where a view drops
 * an attribute, the SDK adds up what was recorded, but keeps only the last of what was observed.
 */
export function createCounter(meter: Meter, definition: MetricDefinition): CellMetric<CounterCell> {
  const counter = meter.createCounter(definition.name, optionsOf(definition, ValueType.INT));
  return {
    add(labels) {
      const sharedLabels = sortKeys(labels);
      counter.add(0, sharedLabels);
      return { sharedLabels, increment: () => counter.add(1, sharedLabels) };
    },
  };
}

/**
 * Whether this is a meter of OpenTelemetry's own SDK. Since the first version for this API, its histograms take NaN as
 * the birth of a series and count nothing; what those of others do with it is unknown.
 */
const isOfficial = (meter: Meter): boolean => "_meterSharedState" in meter;

/** A histogram with the buckets of its definition, unless a view of the user's says otherwise. */
export function createHistogram(meter: Meter, definition: MetricDefinition): CellMetric<HistogramCell> {
  const histogram = meter.createHistogram(definition.name, optionsOf(definition, ValueType.DOUBLE));
  const bearsSeries = isOfficial(meter);
  return {
    add(labels) {
      const sorted = sortKeys(labels);
      if (bearsSeries) histogram.record(Number.NaN, sorted);
      return { observe: (value) => histogram.record(value, sorted) };
    },
  };
}

/** What is read when the meter is collected. */
export class ObservedMetric implements ReadMetric {
  beforeReading: (() => void) | undefined;
  readonly #series: { readonly labels: Labels; readonly read: () => number | undefined }[] = [];

  constructor(observable: Observable) {
    observable.addCallback((result) => this.#observe(result));
  }

  add(labels: Labels, read: () => number | undefined): void {
    this.#series.push({ labels, read });
  }

  #observe(result: ObservableResult): void {
    this.beforeReading?.();
    for (const { labels, read } of this.#series) {
      const value = read();
      if (value !== undefined) result.observe(value, labels);
    }
  }
}

/** A gauge; where values add up, such as what is in flight in all processes, a sum that goes up and down. */
export function createObserved(meter: Meter, definition: MetricDefinition): ObservedMetric {
  const addsUp = definition.aggregator === "sum";
  const options = optionsOf(definition, addsUp ? ValueType.INT : ValueType.DOUBLE);
  const { name } = definition;
  return new ObservedMetric(
    addsUp ? meter.createObservableUpDownCounter(name, options) : meter.createObservableGauge(name, options),
  );
}
