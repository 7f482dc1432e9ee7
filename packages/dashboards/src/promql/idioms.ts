/** Writes `name{matcher,matcher}`, without braces when there is no matcher. */
export function select(name: string, matchers: readonly string[] = []): string {
  return matchers.length === 0 ? name : `${name}{${matchers.join(",")}}`;
}

/** `label="a"`, or `label=~"a|b"`, for values that need no escaping in a regular expression. */
export function oneOf(label: string, values: readonly string[]): string {
  return values.length === 1 ? `${label}="${values[0]}"` : `${label}=~"${values.join("|")}"`;
}

/** `label!~"a|b"`, for values of any characters but those that a string of PromQL escapes. */
export function noneOf(label: string, values: readonly string[]): string {
  const literal = values.map((value) => value.replaceAll(/[.*+?^${}()|[\]]/g, "\\\\$&"));
  return `${label}!~"${literal.join("|")}"`;
}

/** Adds up over everything but these labels. */
export function sumBy(labels: readonly string[], expr: string): string {
  return labels.length === 0 ? `sum(${expr})` : `sum by (${labels.join(", ")}) (${expr})`;
}

/** The largest value for each combination of these labels. */
export function maxBy(labels: readonly string[], expr: string): string {
  return `max by (${labels.join(", ")}) (${expr})`;
}

/** 1 for each combination of these labels. */
export function groupBy(labels: readonly string[], expr: string): string {
  return `group by (${labels.join(", ")}) (${expr})`;
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

/** Adds two vectors with the same labels; what only one of them has stays as it is. */
export function plus(left: string, right: string): string {
  return `${left} + ${right} or ${left} or ${right}`;
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

/** `value > threshold`, with the value left as the result. */
export function compare(value: string, comparison: ">" | "<" | ">=", threshold: number): string {
  return `(${value}) ${comparison} ${threshold}`;
}

/** All conditions at once; the first one's value is the result. */
export function allOf(...conditions: readonly string[]): string {
  return conditions.join("\nand\n");
}

/** Gives every series of an expression a distinct label. */
export function withLabel(expr: string, label: string, value: string): string {
  return `label_replace(${expr}, "${label}", "${value}", "", "")`;
}

/** A ratio as percent, without the noise of floating point. */
export function formatPercent(share: number): string {
  return `${Number((share * 100).toPrecision(6))}%`;
}
