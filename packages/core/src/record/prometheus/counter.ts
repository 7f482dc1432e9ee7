import type { CellMetric, CounterCell, Labels } from "../series/client-metrics.ts";
import type { Exemplar } from "./exemplar.ts";
import { createExemplar } from "./exemplar.ts";
import type { PageSample } from "./registry-metric.ts";
import { NO_LABELS, RegistryMetric } from "./registry-metric.ts";

/** One series of a counter. The registry reads it as a sample. */
export class CounterSeries implements CounterCell, PageSample {
  value = 0;
  exemplar: Exemplar | undefined;
  readonly labels: Readonly<Record<string, never>> = NO_LABELS;
  readonly sharedLabels: Labels;

  constructor(labels: Labels) {
    this.sharedLabels = labels;
  }

  increment(exemplar?: Labels | undefined): void {
    this.value += 1;
    if (exemplar) this.exemplar = createExemplar(exemplar, 1);
  }
}

/** A counter. */
export class Counter extends RegistryMetric implements CellMetric<CounterSeries> {
  readonly #series: CounterSeries[] = [];

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

  protected override pageSamples(): PageSample[] {
    return this.#series.slice();
  }
}
