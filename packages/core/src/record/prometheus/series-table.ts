import type { Labels } from "./registry-metric.ts";
import type { StatusKey } from "./series-labels.ts";

/** A series, as far as it is looked up here. */
interface Labelled {
  readonly sharedLabels: Labels;
}

/** The series of one operation in one counter, by status and error. A look-up makes no object and no string. */
export class SeriesTable<Series extends Labelled> {
  readonly #byStatus = new Map<StatusKey, Map<string, Series[]>>();

  /** @param retryable absent in a counter that has no such label. */
  find(status: StatusKey, code: string, category: string, retryable?: string): Series | undefined {
    const candidates = this.#byStatus.get(status)?.get(code);
    if (candidates === undefined) return undefined;
    for (const series of candidates) {
      const { sharedLabels } = series;
      if (sharedLabels.error_category === category && sharedLabels.retryable === retryable) return series;
    }
    return undefined;
  }

  add(status: StatusKey, code: string, series: Series): Series {
    const byCode = this.#byStatus.get(status) ?? new Map<string, Series[]>();
    this.#byStatus.set(status, byCode);
    const candidates = byCode.get(code);
    if (candidates) candidates.push(series);
    else byCode.set(code, [series]);
    return series;
  }
}
