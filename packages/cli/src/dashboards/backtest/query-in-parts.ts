import type { Series } from "./episodes.ts";
import { type Moments, type QueryRange, TooMuchError } from "./query-store.ts";

/** Prometheus gives at most 11,000 moments a query. */
const MOST_MOMENTS = 10_000;
const FEWEST_MOMENTS = 30;

const keyOf = (labels: Readonly<Record<string, string>>): string =>
  JSON.stringify(Object.entries(labels).sort());

type Part = { readonly labels: Series["labels"]; readonly samples: (readonly [number, number])[] };

function append(found: Map<string, Part>, parts: readonly Series[]): void {
  for (const { labels, samples } of parts) {
    const part = found.get(keyOf(labels)) ?? { labels, samples: [] };
    for (const sample of samples) part.samples.push(sample);
    found.set(keyOf(labels), part);
  }
}

/**
 * Asks for a long time in parts that the store can carry: a part that is too much is halved, and the parts after it
 * are no longer than that.
 *
 * @throws TooMuchError when even half an hour of evaluations is too much.
 */
export async function queryInParts(
  queryRange: QueryRange,
  expr: string,
  { startSeconds, endSeconds, stepSeconds }: Moments,
): Promise<readonly Series[]> {
  const found = new Map<string, Part>();
  let moments = MOST_MOMENTS;
  let start = startSeconds;
  while (start <= endSeconds) {
    const end = Math.min(endSeconds, start + (moments - 1) * stepSeconds);
    try {
      append(found, await queryRange(expr, { startSeconds: start, endSeconds: end, stepSeconds }));
      start = end + stepSeconds;
    } catch (error) {
      if (!(error instanceof TooMuchError) || moments <= FEWEST_MOMENTS) throw error;
      const asked = (end - start) / stepSeconds + 1;
      moments = Math.max(FEWEST_MOMENTS, Math.floor(asked / 2));
    }
  }
  return [...found.values()];
}
