/** `npm run mutation [-- --files <file or folder>] [--json]`: changes the core in every small way and sees whether a test notices. */
import { rmSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { renderPage } from "./page.ts";
import { runMutants, type Verdict } from "./run-mutants.ts";
import { createSandbox } from "./sandbox.ts";
import { isKilled, scoreOf } from "./score.ts";
import { describeSurvivor, findStale, type Survivor } from "./survivor.ts";

const FOLDERS = ["packages/core/src/classify", "packages/core/src/record"];
const TESTS = {
  core: ["test/core"],
  others: ["test/axios/own-failures.test.ts", "test/axios/headers.test.ts"],
};
/** In per cent, of each folder. */
const LOWEST_SCORE = 90;

const { values } = parseArgs({
  options: { files: { type: "string", multiple: true }, json: { type: "boolean", default: false } },
});
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const verdicts: Verdict[] = [];
const survivors: Survivor[] = [];

function report(verdict: Verdict): void {
  verdicts.push(verdict);
  if (isKilled(verdict)) return;
  const survivor = describeSurvivor(verdict, sandbox.sources);
  survivors.push(survivor);
  const { file, line, original, replacement, isReached, reason } = survivor;
  const state = isReached ? "survives" : "is not reached";
  say(`${file}:${line}: ${original} -> ${replacement} ${state}: ${reason ?? "NOT EXPLAINED"}`);
}

const sandbox = await createSandbox(values.files ?? FOLDERS);
try {
  say(`${sandbox.mutants.length} mutants`);
  await runMutants(sandbox, TESTS, report);
} finally {
  rmSync(sandbox.folder, { recursive: true, force: true });
}

const scores = (values.files ?? FOLDERS).map((path) => scoreOf(path, verdicts));
const unexplained = survivors.filter(({ reason }) => reason === undefined).length;
const stale = values.files ? [] : findStale(survivors);
for (const line of stale) say(`no survivor needs this explanation: ${line}`);
for (const { path, mutants, killed, percent } of scores)
  say(`${path}: ${killed} of ${mutants}, ${percent} %`);
say(
  `${survivors.length} survivors, ${unexplained} of them not explained, ${stale.length} explanations too many`,
);
if (!values.files) {
  const date = new Date().toISOString().slice(0, 10);
  const inOrder = survivors.sort((a, b) => a.file.localeCompare(b.file) || a.line - b.line);
  writeFileSync(new URL("README.md", import.meta.url), renderPage(date, scores, inOrder));
}
if (values.json) say(JSON.stringify({ scores, survivors: survivors.length, unexplained }));
const isGood = scores.every(({ percent }) => percent >= LOWEST_SCORE) && unexplained + stale.length === 0;
process.exitCode = isGood ? 0 : 1;
