import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  importSeries,
  type Series,
  startPrometheus,
  startVictoriaMetrics,
  writeBlocks,
} from "@intercom-telemetry/local-prometheus";
import { onTestFinished } from "vitest";

/** Stores that keep a user's history. */
export type StoreKind = "Prometheus" | "VictoriaMetrics";

/**
 * Starts a store that holds these series; it ends with the test, and its data too.
 *
 * @param flags of Prometheus.
 * @returns its origin.
 */
export async function startStore(
  kind: StoreKind,
  series: readonly Series[],
  flags: readonly string[] = [],
): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "store-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  if (kind === "VictoriaMetrics") {
    const store = await startVictoriaMetrics(folder);
    onTestFinished(() => store.stop());
    for (const one of series) await importSeries(store.url, [one]);
    return store.url;
  }
  await writeBlocks(folder, series);
  const keep = "--storage.tsdb.retention.time=20y";
  const prometheus = await startPrometheus({ folder, config: {}, flags: [keep, ...flags] });
  onTestFinished(() => prometheus.stop());
  return prometheus.url;
}
