import type { TimeRange } from "@grafana/data";
import { dateTime, rangeUtil } from "@grafana/data";

function readEnd(text: string): string | ReturnType<typeof dateTime> {
  return /^\d+$/.test(text) ? dateTime(Number(text)) : text;
}

/** Turns `now-6h`, or milliseconds since the epoch, into moments. */
export function resolveTimeRange(from: string, to: string): TimeRange {
  return rangeUtil.convertRawToRange({ from: readEnd(from), to: readEnd(to) });
}
