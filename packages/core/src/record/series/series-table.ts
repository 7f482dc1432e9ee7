import type { Labels } from "./client-metrics.ts";

/** A series, as far as it is looked up here. */
interface LabelledSeries {
  readonly sharedLabels: Labels;
}

/**
 * The counter series of one operation, by the labels that tell them apart. A lookup makes no object and no string. A
 * series of retries is one without `status_code` and `retryable`.
 */
export class SeriesTable<Series extends LabelledSeries> {
  readonly #byCode = new Map<string, Series[]>();

  find(code: string, category: string, status?: string, retryable?: string): Series | undefined {
    const candidates = this.#byCode.get(code);
    if (candidates === undefined) return undefined;
    for (const series of candidates) {
      const { status_code, error_category, retryable: retry } = series.sharedLabels;
      if (status_code === status && error_category === category && retry === retryable) return series;
    }
    return undefined;
  }

  add(code: string, series: Series): Series {
    // An array that is pushed to keeps room for sixteen more.
    this.#byCode.set(code, [...(this.#byCode.get(code) ?? []), series]);
    return series;
  }
}
