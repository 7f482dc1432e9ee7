import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { runProcess } from "./child-process.ts";
import { formatOpenMetrics, type Series } from "./open-metrics.ts";

/** Writes history as a block into the data folder of a Prometheus that has not been started yet. Needs `promtool`. */
export async function writeBlocks(folder: string, series: Iterable<Series>): Promise<void> {
  const [file, data] = [join(folder, "samples.txt"), join(folder, "data")];
  await mkdir(data, { recursive: true });
  await writeFile(file, formatOpenMetrics(series));
  // One block for all days: promtool reads the whole file again for each.
  const args = ["tsdb", "create-blocks-from", "openmetrics", "--max-block-duration=1000h", "--quiet"];
  // Ended by force it would leave temporary files behind, so they go where all the rest goes.
  await runProcess("promtool", [...args, file, data], { TMPDIR: folder });
  await rm(file);
}
