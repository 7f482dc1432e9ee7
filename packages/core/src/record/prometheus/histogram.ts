import type { MetricDefinition } from "../../contract/index.ts";
import type { CellMetric, HistogramCell, Labels } from "../series/client-metrics.ts";
import type { Exemplar } from "./exemplar.ts";
import { createExemplar } from "./exemplar.ts";
import type { PageSample } from "./registry-metric.ts";
import { NO_LABELS, RegistryMetric } from "./registry-metric.ts";

type BucketLabels = Readonly<Record<"le", number | string>>;

/** One series of a histogram: its buckets, sum and count. */
export class HistogramSeries implements HistogramCell {
  readonly labels: Labels;
  readonly bounds: readonly number[];
  /** Not cumulative; the last one is for what exceeds all bounds. */
  readonly counts: number[];
  sum = 0;
  /** By bucket; made with the first exemplar. */
  exemplars: (Exemplar | undefined)[] | undefined;

  constructor(labels: Labels, bounds: readonly number[]) {
    this.labels = labels;
    this.bounds = bounds;
    this.counts = new Array<number>(bounds.length + 1).fill(0);
  }

  observe(value: number, exemplar?: Labels | undefined): void {
    const { bounds, counts } = this;
    let bucket = 0;
    while (bucket < bounds.length && value > (bounds[bucket] as number)) bucket += 1;
    counts[bucket] = (counts[bucket] as number) + 1;
    this.sum += value;
    if (!exemplar) return;
    this.exemplars ??= [];
    this.exemplars[bucket] = createExemplar(exemplar, value);
  }

  reset(): void {
    this.counts.fill(0);
    this.sum = 0;
    this.exemplars = undefined;
  }
}

/** A histogram. */
export class Histogram extends RegistryMetric implements CellMetric<HistogramSeries> {
  /** Upper bounds, without infinity. */
  readonly buckets: readonly number[];
  readonly #series: HistogramSeries[] = [];
  readonly #bucketLabels: readonly BucketLabels[];
  readonly #names: { readonly bucket: string; readonly sum: string; readonly count: string };

  constructor(definition: MetricDefinition) {
    super(definition);
    this.buckets = definition.buckets ?? [];
    const { name } = definition;
    this.#names = { bucket: `${name}_bucket`, sum: `${name}_sum`, count: `${name}_count` };
    this.#bucketLabels = [...this.buckets, "+Inf"].map((le) => Object.freeze({ le }));
  }

  add(labels: Labels): HistogramSeries {
    const series = new HistogramSeries(labels, this.buckets);
    this.#series.push(series);
    return series;
  }

  override reset(): void {
    for (const series of this.#series) series.reset();
  }

  protected override pageSamples(): PageSample[] {
    const samples: PageSample[] = [];
    for (const { labels: sharedLabels, counts, sum, exemplars } of this.#series) {
      let value = 0;
      for (let bucket = 0; bucket < counts.length; bucket += 1) {
        value += counts[bucket] as number;
        const labels = this.#bucketLabels[bucket] ?? NO_LABELS;
        const exemplar = exemplars?.[bucket];
        samples.push({ value, metricName: this.#names.bucket, labels, sharedLabels, exemplar });
      }
      samples.push({ value: sum, metricName: this.#names.sum, labels: NO_LABELS, sharedLabels });
      samples.push({ value, metricName: this.#names.count, labels: NO_LABELS, sharedLabels });
    }
    return samples;
  }
}
