/** Imports the sample fleet into VictoriaMetrics, has vmalert evaluate the rules, and writes the results to a file. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { importSeries, replayRules, startVictoriaMetrics } from "@intercom-telemetry/local-prometheus";
import { listRounds, RULE_MOMENTS, scrapedFleet } from "./fleet.ts";
import { collectResults } from "./results.ts";

const [, , output] = process.argv;
if (output === undefined) throw new Error("expected the name of a file");
const folder = mkdtempSync(join(tmpdir(), "ask-victoria-metrics-"));
try {
  const store = await startVictoriaMetrics(folder);
  try {
    await importSeries(store.url, scrapedFleet());
    for (const round of listRounds()) {
      const file = join(folder, "round.yml");
      const group = { name: "round", interval: `${RULE_MOMENTS.stepSeconds}s`, rules: round };
      writeFileSync(file, JSON.stringify({ groups: [group] }));
      await replayRules(file, store.url, RULE_MOMENTS);
    }
    writeFileSync(output, JSON.stringify(await collectResults(store.url)));
  } finally {
    await store.stop();
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
