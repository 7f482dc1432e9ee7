import type { ResultsByPlace, SeriesValues } from "./results.ts";

/** Two values, or a value and none, of two systems at one moment. */
export interface Difference {
  readonly where: string;
  readonly series: string;
  readonly epochSeconds: number;
  readonly left: number | undefined;
  readonly right: number | undefined;
}

const TOLERATED_SHARE = 0.02;
/** What is left of zero after sums of fractions. */
const NOTHING = 1e-9;

/** How far two values are apart, as a share of the larger. */
export function distance(left: number | undefined, right: number | undefined): number {
  if (left === undefined || right === undefined) return Number.POSITIVE_INFINITY;
  if (Object.is(left, right)) return 0;
  const size = Math.max(Math.abs(left), Math.abs(right));
  return size < NOTHING ? 0 : Math.abs(left - right) / size;
}

function compareSeries(where: string, left: SeriesValues, right: SeriesValues): readonly Difference[] {
  const names = new Set([...Object.keys(left), ...Object.keys(right)]);
  return [...names].flatMap((series) => {
    const [ours, theirs] = [left[series] ?? {}, right[series] ?? {}];
    const moments = new Set([...Object.keys(ours), ...Object.keys(theirs)].map(Number));
    return [...moments].flatMap((epochSeconds) => {
      const values = { left: ours[epochSeconds], right: theirs[epochSeconds] };
      const isNear = distance(values.left, values.right) <= TOLERATED_SHARE;
      return isNear ? [] : [{ where, series, epochSeconds, ...values }];
    });
  });
}

/** Every value of the one that the other does not have within 2 %. */
export function compareResults(left: ResultsByPlace, right: ResultsByPlace): readonly Difference[] {
  const places = new Set([...Object.keys(left), ...Object.keys(right)]);
  return [...places].flatMap((where) => compareSeries(where, left[where] ?? {}, right[where] ?? {}));
}
