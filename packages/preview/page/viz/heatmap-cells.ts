/** One bucket of a histogram over time; counts include those of all lower buckets. */
export interface CumulativeBucket {
  /** Upper edge. */
  readonly le: number;
  /** Milliseconds since the epoch. */
  readonly times: readonly number[];
  readonly counts: readonly number[];
}

/** What one bucket alone holds at one moment. */
export interface BucketCount {
  /** 0 is the lowest bucket. */
  readonly row: number;
  readonly timeMilliseconds: number;
  readonly count: number;
}

/** Takes from each bucket what the one below it holds already. Empty ones are left out. */
export function separateBuckets(buckets: readonly CumulativeBucket[]): readonly BucketCount[] {
  const sorted = buckets.toSorted((one, other) => one.le - other.le);
  return sorted.flatMap(({ times, counts }, row) => {
    const below = sorted[row - 1];
    const belowAt = new Map(below?.times.map((time, index) => [time, below.counts[index] ?? 0]));
    return times.flatMap((timeMilliseconds, index) => {
      const count = (counts[index] ?? 0) - (belowAt.get(timeMilliseconds) ?? 0);
      return count > 0 ? [{ row, timeMilliseconds, count }] : [];
    });
  });
}
