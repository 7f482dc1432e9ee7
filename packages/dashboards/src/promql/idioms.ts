/** Adds up over everything but these labels. */
export function sumBy(labels: readonly string[], expr: string): string {
  return `sum by (${labels.join(", ")}) (${expr})`;
}

/** The largest value for each combination of these labels. */
export function maxBy(labels: readonly string[], expr: string): string {
  return `max by (${labels.join(", ")}) (${expr})`;
}

/** Per-second rate of a counter. */
export function rate(counter: string, window: string): string {
  return `rate(${counter}[${window}])`;
}

/**
 * A share: absent without traffic, 0 when only the numerator is missing. Both sides must carry the same labels.
 * `> 0` keeps 0/0 out: one recorded NaN spoils every longer window that contains it.
 */
export function ratio(numerator: string, denominator: string): string {
  return `(${zeroIfAbsent(numerator, denominator)}) / (${denominator} > 0)`;
}

/** The expression, or 0 for each series of `presence` that it lacks. Both must carry the same labels. */
export function zeroIfAbsent(expr: string, presence: string): string {
  return `${expr} or 0 * ${presence}`;
}

/**
 * Share of observations above a bucket's edge, from rates summed by the same labels. Holds for few samples, where a
 * quantile does not.
 */
export function shareAbove(atOrBelowEdge: string, all: string): string {
  return `1 - ${atOrBelowEdge} / (${all} > 0)`;
}

/** A quantile over rates of buckets, by the labels given. */
export function quantile(level: number, labels: readonly string[], bucketRates: string): string {
  return `histogram_quantile(${level}, ${sumBy([...labels, "le"], bucketRates)})`;
}

/**
 * Per-second rates recorded over 5 minutes, added up over a longer window: proportional to the events in it, so a
 * ratio of two such sums is weighted by events, as a mean of ratios is not. `offset` looks back, e.g. ` offset 1w`.
 */
export function overWindow(recordedRate: string, window: string, stepSeconds: number, offset = ""): string {
  return `sum_over_time(${recordedRate}[${window}:${stepSeconds / 60}m]${offset})`;
}

/** Jobs that reported within the look-back and do not now; needs no list of jobs. */
export function vanished(labels: readonly string[], metrics: readonly string[], lookBack: string): string {
  const by = `group by (${labels.join(", ")})`;
  const then = metrics.map((metric) => `present_over_time(${metric}[${lookBack}])`).join(" or ");
  return `${by} (${then})\nunless\n${by} (${metrics.join(" or ")})`;
}
