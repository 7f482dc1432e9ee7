import type { MetricDefinition } from "../../contract/index.ts";
import type { Exemplar } from "./exemplar.ts";
import type { Labels, PageSample, Sample } from "./registry-metric.ts";
import { RegistryMetric } from "./registry-metric.ts";

type BucketLabels = Readonly<Record<"le", number | string>>;

const NO_LABELS = Object.freeze({});

/** One series of a histogram: its buckets, sum and count. */
export class HistogramSeries {
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

  /** @param value finite: anything else would poison the sum for good. */
  observe(value: number, exemplar?: Exemplar | undefined): void {
    const { bounds, counts } = this;
    let bucket = 0;
    while (bucket < bounds.length && value > (bounds[bucket] as number)) bucket += 1;
    counts[bucket] = (counts[bucket] as number) + 1;
    this.sum += value;
    if (!exemplar) return;
    this.exemplars ??= [];
    this.exemplars[bucket] = exemplar;
  }

  reset(): void {
    this.counts.fill(0);
    this.sum = 0;
    this.exemplars = undefined;
  }
}

/** A histogram. */
export class Histogram extends RegistryMetric {
  /** Upper bounds, without infinity. */
  readonly buckets: readonly number[];
  readonly #series: HistogramSeries[] = [];
  readonly #bucketLabels: readonly BucketLabels[];

  constructor(definition: MetricDefinition) {
    super(definition);
    this.buckets = definition.buckets ?? [];
    this.#bucketLabels = [...this.buckets, "+Inf"].map((le) => Object.freeze({ le }));
  }

  /** Adds a series at 0. The metric does not compare labels: each set of them is added once. */
  add(labels: Labels): HistogramSeries {
    const series = new HistogramSeries(labels, this.buckets);
    this.#series.push(series);
    return series;
  }

  override reset(): void {
    for (const series of this.#series) series.reset();
  }

  protected override samples(): Sample[] {
    const samples: Sample[] = [];
    for (const series of this.#series) {
      const { labels } = series;
      // A copy of a whole object is much cheaper than one that begins with another property.
      const inBucket = { le: "" as number | string, ...labels };
      this.#readSeries(series, (metricName, value, bucket, exemplar) => {
        if (!bucket) {
          samples.push({ value, metricName, labels: { ...labels } });
          return;
        }
        const withBucket = { ...inBucket };
        withBucket.le = bucket.le;
        samples.push(
          exemplar
            ? { value, metricName, labels: withBucket, exemplar }
            : { value, metricName, labels: withBucket },
        );
      });
    }
    return samples;
  }

  protected override pageSamples(): PageSample[] {
    const samples: PageSample[] = [];
    for (const series of this.#series) {
      const sharedLabels = series.labels;
      this.#readSeries(series, (metricName, value, bucket, exemplar) => {
        samples.push({ value, metricName, labels: bucket ?? NO_LABELS, sharedLabels, exemplar });
      });
    }
    return samples;
  }

  #readSeries(
    { counts, sum, exemplars }: HistogramSeries,
    write: (name: string, value: number, bucket?: BucketLabels, exemplar?: Exemplar) => void,
  ): void {
    let count = 0;
    for (let bucket = 0; bucket < counts.length; bucket += 1) {
      count += counts[bucket] as number;
      write(`${this.name}_bucket`, count, this.#bucketLabels[bucket], exemplars?.[bucket]);
    }
    write(`${this.name}_sum`, sum);
    write(`${this.name}_count`, count);
  }
}
