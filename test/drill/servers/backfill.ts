import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

/** What Prometheus would have recorded before the drill began. */
export interface HistorySeries {
  /** Name of a recorded series. */
  readonly record: string;
  readonly client: string;
  /** In the order of time. */
  readonly samples: readonly (readonly [epochSeconds: number, value: number])[];
}

function toOpenMetrics(series: readonly HistorySeries[]): string {
  const lines = series.flatMap(({ record, client, samples }) =>
    samples.map(
      ([epochSeconds, value]) => `${record}{client="${client}"} ${value} ${epochSeconds.toFixed(3)}\n`,
    ),
  );
  return `${lines.join("")}# EOF\n`;
}

/** Writes history as blocks into the data folder of a Prometheus that has not been started yet. */
export async function backfill(folder: string, series: readonly HistorySeries[]): Promise<void> {
  if (series.length === 0) return;
  const file = join(folder, "history.txt");
  await writeFile(file, toOpenMetrics(series));
  const words = ["tsdb", "create-blocks-from", "openmetrics", "--quiet", file, join(folder, "data")];
  await promisify(execFile)("promtool", words);
}
