import { cpSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Bundler } from "./bundler.ts";
import { type Counts, compareCounts } from "./compare-counts.ts";

/** What became of the service. */
export interface BundledService extends Counts {
  readonly buildSeconds: number;
  readonly kibibytes: number;
}

function sizeOf(folder: string): number {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((each) => each.isFile());
  return files.reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0) / 1024;
}

/** Builds the service, deploys what came out to a separate folder, and runs it there. */
export async function runBundler(bundler: Bundler, project: string): Promise<BundledService> {
  const output = mkdtempSync(join(project, "output-"));
  const deployed = mkdtempSync(join(tmpdir(), "deployed-"));
  try {
    const started = performance.now();
    await bundler.build(project, output);
    const buildSeconds = (performance.now() - started) / 1000;
    // Elsewhere, as in a container image: no dependency lies in a folder above.
    cpSync(output, deployed, { recursive: true, verbatimSymlinks: true });
    const kibibytes = sizeOf(deployed);
    return { ...(await compareCounts(deployed, bundler.readMetrics)), buildSeconds, kibibytes };
  } finally {
    for (const folder of [output, deployed]) rmSync(folder, { recursive: true, force: true });
  }
}
