/** Backfills the sample fleet into the Prometheus that is on the PATH and writes its results to a file. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Series, writeBlocks } from "@intercom-telemetry/local-prometheus";
import { withPrometheus } from "../../dashboards/history/prometheus.ts";
import { evaluateRule } from "../../support/history/query-history.ts";
import { listRounds, RULE_MOMENTS, scrapedFleet } from "./fleet.ts";
import { collectResults } from "./results.ts";

const [, , output] = process.argv;
if (output === undefined) throw new Error("expected the name of a file");
const folder = mkdtempSync(join(tmpdir(), "ask-prometheus-"));
try {
  await writeBlocks(folder, scrapedFleet());
  for (const round of listRounds()) {
    const recorded = await withPrometheus(folder, async (prometheus) => {
      const found: Series[] = [];
      for (const { record: name, expr } of round) {
        found.push(...(await evaluateRule(prometheus, { name, expr }, RULE_MOMENTS)));
      }
      return found;
    });
    await writeBlocks(folder, recorded);
  }
  await withPrometheus(folder, async ({ url }) =>
    writeFileSync(output, JSON.stringify(await collectResults(url))),
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
