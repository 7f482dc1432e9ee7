import type { Labels, ReadMetric } from "../series/client-metrics.ts";
import type { PageSample } from "./registry-metric.ts";
import { NO_LABELS, RegistryMetric } from "./registry-metric.ts";

interface GaugeSeries {
  readonly labels: Labels;
  readonly read: () => number | undefined;
}

/** A gauge whose values are read when it is scraped. */
export class Gauge extends RegistryMetric implements ReadMetric {
  readonly #series: GaugeSeries[] = [];

  add(labels: Labels, read: () => number | undefined): void {
    this.#series.push({ labels, read });
  }

  /** Does nothing: the values are current states, not counts. */
  override reset(): void {}

  protected override pageSamples(): PageSample[] {
    return this.#series.flatMap(({ labels, read }) => {
      const value = read();
      return value === undefined ? [] : [{ value, labels: NO_LABELS, sharedLabels: labels }];
    });
  }
}
