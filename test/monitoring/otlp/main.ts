/** Runs a service with both pipelines and writes how they compare to a file, for `npm run matrix:monitoring`. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compareWithLedger, compareWithScraped } from "./compare-pipelines.ts";
import { compareQueries } from "./compare-queries.ts";
import { type Pipelines, withPipelines } from "./pipelines.ts";

/** Differences by what was compared; all empty where both pipelines say the same. */
export interface OtlpDifferences {
  readonly series: readonly string[];
  readonly ledger: readonly string[];
  readonly queries: readonly string[];
}

/** Both pipelines see every state, so that rates are the same but for the moments of their samples. */
const SLOW = { rounds: 10, pauseMilliseconds: 1300 };

const [, , output] = process.argv;
if (output === undefined) throw new Error("expected the name of a file");
const folder = mkdtempSync(join(tmpdir(), "otlp-"));

async function compare(pipelines: Pipelines): Promise<OtlpDifferences> {
  return {
    series: [
      ...(await compareWithScraped(pipelines.otlp, pipelines)),
      ...(await compareWithScraped(pipelines.otlpNamed, pipelines)),
    ],
    ledger: await compareWithLedger(pipelines.otlp, pipelines),
    queries: await compareQueries(folder, pipelines),
  };
}

try {
  writeFileSync(output, JSON.stringify(await withPipelines(folder, SLOW, compare)));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
