/**
 * `npm run mutation [-- --files <file or pattern>] [--keep] [--json]`: changes the core in every small way and sees
 * whether a test notices.
 */
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { renderPage } from "./page.ts";
import { CORE, ROOMS, type Room, roomOf } from "./rooms.ts";
import { type Mutant, runStryker } from "./run-stryker.ts";
import { scoreFolders } from "./score.ts";
import { describeSurvivors, findStale } from "./survivor.ts";

/** In percent, of each folder. */
const LOWEST_SCORE = 95;

const { values } = parseArgs({
  options: {
    files: { type: "string", multiple: true },
    concurrency: { type: "string" },
    quick: { type: "boolean", default: false },
    keep: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
  },
});
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const root = fileURLToPath(new URL("../..", import.meta.url));

const concurrency = values.concurrency === undefined ? undefined : Number(values.concurrency);
const { quick, keep } = values;
const mutants: Mutant[] = [];
for (const room of Object.keys(ROOMS) as Room[]) {
  const below = values.files?.filter((file) => roomOf(file) === room) ?? [`${CORE}${room}/**/*.ts`];
  if (below.length > 0) mutants.push(...(await runStryker(root, room, below, { concurrency, quick, keep })));
}
const files = [...new Set(mutants.map(({ file }) => file))].sort();
const survivors = files.flatMap((file) =>
  describeSurvivors(
    root,
    file,
    mutants.filter((mutant) => mutant.file === file),
  ),
);
for (const { file, line, within, mutator, ordinal, original, replacement, reason } of survivors) {
  say(
    `${file}:${line}: ${original} -> ${replacement} survives (${within}, ${mutator} ${ordinal}): ${reason ?? "NOT EXPLAINED"}`,
  );
}

const scores = scoreFolders(CORE, mutants);
const unexplained = survivors.filter(({ reason }) => reason === undefined).length;
const isWhole = values.files === undefined && !quick;
const stale = isWhole ? findStale(survivors) : [];
for (const line of stale) say(`no survivor needs this explanation: ${line}`);
for (const { path, mutants: all, killed, percent } of scores)
  say(`${path}: ${killed} of ${all}, ${percent} %`);
say(
  `${survivors.length} survivors, ${unexplained} of them not explained, ${stale.length} explanations too many`,
);
if (isWhole) {
  const date = new Date().toISOString().slice(0, 10);
  writeFileSync(new URL("README.md", import.meta.url), renderPage(date, scores, survivors));
}
if (values.json) say(JSON.stringify({ scores, survivors: survivors.length, unexplained }));
const isGood = scores.every(({ percent }) => percent >= LOWEST_SCORE) && unexplained + stale.length === 0;
process.exitCode = isGood ? 0 : 1;
