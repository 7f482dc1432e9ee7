import type { Exemplar } from "./exemplar.ts";
import type { Labels, PageSample, Sample } from "./registry-metric.ts";
import { RegistryMetric } from "./registry-metric.ts";

const NO_LABELS = Object.freeze({});

/** One series of a counter. A recorder keeps it and adds to `value`; the registry reads it as a sample. */
export class CounterSeries implements PageSample {
  value = 0;
  exemplar: Exemplar | undefined;
  readonly labels: Readonly<Record<string, never>> = NO_LABELS;
  readonly sharedLabels: Labels;

  constructor(labels: Labels) {
    this.sharedLabels = labels;
  }
}

/** A counter. */
export class Counter extends RegistryMetric {
  readonly #series: CounterSeries[] = [];

  /** Adds a series at 0. Labels are not compared: add each set of them once. */
  add(labels: Labels): CounterSeries {
    const series = new CounterSeries(labels);
    this.#series.push(series);
    return series;
  }

  override reset(): void {
    for (const series of this.#series) {
      series.value = 0;
      series.exemplar = undefined;
    }
  }

  protected override samples(): Sample[] {
    return this.#series.map(({ value, sharedLabels, exemplar }) =>
      exemplar ? { value, labels: { ...sharedLabels }, exemplar } : { value, labels: { ...sharedLabels } },
    );
  }

  protected override pageSamples(): PageSample[] {
    return this.#series.slice();
  }
}
