/**
 * `npm run scoreboard [-- --json] [-- --write] [-- --only <pattern>]`: what each tool records of the same requests, beside
 * the simulator's ledger, for axios and for fetch. `--write` brings packages/axios/docs/scoreboard.md and
 * packages/fetch/docs/scoreboard.md up to date, `--only` plays the scenarios of axios whose names match. Exits with 1 when
 * ours is wrong anywhere.
 */
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { root } from "../support/worker-bundle.ts";
import { TOOL_NAMES } from "./candidates/names.ts";
import { FETCH_TOOLS } from "./fetch/candidates.ts";
import { writeFetchPage } from "./fetch/fetch-page.ts";
import { runFetchScoreboard, summarizeFetch } from "./fetch/fetch-scoreboard.ts";
import { writePage } from "./page.ts";
import { SCENARIO_GROUPS } from "./scenarios/index.ts";
import { runScoreboard, scoreOf, summarize } from "./scoreboard.ts";

const { values } = parseArgs({
  options: {
    json: { type: "boolean", default: false },
    write: { type: "boolean", default: false },
    only: { type: "string" },
  },
});
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const only = new RegExp(values.only ?? "");
const scenarios = Object.values(SCENARIO_GROUPS)
  .flat()
  .filter(({ name }) => only.test(name));
const rows = await runScoreboard(scenarios, ({ scenario, verdicts }) => {
  const wrong = TOOL_NAMES.filter((tool) => verdicts[tool]?.result === "wrong");
  say(`${scenario.name}${wrong.length === 0 ? "" : `: wrong: ${wrong.join(", ")}`}`);
  for (const tool of wrong) say(`  ${tool}: ${verdicts[tool]?.reason}`);
});
for (const tool of TOOL_NAMES) {
  const { right, wrong, notOffered } = scoreOf(rows, tool);
  say(`${tool}: ${right} right, ${wrong} wrong, ${notOffered} not offered`);
}
const fetchRows =
  values.only === undefined
    ? await runFetchScoreboard(({ name, wrong }) => {
        const tools = FETCH_TOOLS.filter((tool) => wrong[tool] !== undefined);
        say(`${name}${tools.length === 0 ? "" : `: wrong: ${tools.join(", ")}`}`);
        if (wrong.ours !== undefined) say(`  ours: ${wrong.ours}`);
      })
    : [];
const fetchScores = summarizeFetch(fetchRows);
for (const tool of FETCH_TOOLS) {
  say(`fetch, ${tool}: ${fetchScores[tool].right} right, ${fetchScores[tool].wrong} wrong`);
}
if (values.write) {
  writeFileSync(`${root}packages/axios/docs/scoreboard.md`, writePage(rows));
  writeFileSync(`${root}packages/fetch/docs/scoreboard.md`, writeFetchPage(fetchRows));
}
if (values.json) say(JSON.stringify(summarize(rows, fetchScores)));
process.exitCode = scoreOf(rows, "ours").wrong + fetchScores.ours.wrong === 0 ? 0 : 1;
