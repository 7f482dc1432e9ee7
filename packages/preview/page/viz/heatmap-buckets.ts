import type { DataFrame, Field } from "@grafana/data";
import { FieldType, formattedValueToString } from "@grafana/data";
import type { SummaryLine } from "../field/summarize.ts";
import type { CumulativeBucket } from "./heatmap-cells.ts";
import { separateBuckets } from "./heatmap-cells.ts";

/** The field of a frame that holds its numbers. */
export function valueField(frame: DataFrame): Field | undefined {
  return frame.fields.find(({ type }) => type === FieldType.number);
}

/** The buckets of a histogram, the lowest first. */
export function readBuckets(frames: readonly DataFrame[]): readonly CumulativeBucket[] {
  return frames
    .flatMap((frame) => {
      const field = valueField(frame);
      const le = Number.parseFloat((field?.labels?.le ?? "").replace("Inf", "Infinity"));
      if (field === undefined || Number.isNaN(le)) return [];
      return [{ le, times: frame.fields[0]?.values ?? [], counts: field.values }];
    })
    .sort((one, other) => one.le - other.le);
}

/** The values that a bucket holds, in words. */
export function nameBucket(
  buckets: readonly CumulativeBucket[],
  row: number,
  field: Field | undefined,
): string {
  const show = (value: number): string =>
    field?.display === undefined ? String(value) : formattedValueToString(field.display(value));
  const upper = buckets[row]?.le ?? Number.POSITIVE_INFINITY;
  const lower = buckets[row - 1]?.le;
  if (!Number.isFinite(upper)) return `more than ${show(lower ?? 0)}`;
  return lower === undefined ? `up to ${show(upper)}` : `${show(lower)} to ${show(upper)}`;
}

/** The bucket that holds most at the last moment, in words. */
export function summarizeBuckets(frames: readonly DataFrame[]): readonly SummaryLine[] {
  const buckets = readBuckets(frames);
  const counts = separateBuckets(buckets);
  const lastMilliseconds = Math.max(...counts.map(({ timeMilliseconds }) => timeMilliseconds));
  const last = counts.filter(({ timeMilliseconds }) => timeMilliseconds === lastMilliseconds);
  const [busiest] = last.toSorted((one, other) => other.count - one.count);
  const field = frames[0] === undefined ? undefined : valueField(frames[0]);
  if (busiest === undefined) return [];
  return [{ name: nameBucket(buckets, busiest.row, field), value: Math.round(busiest.count).toString() }];
}
