import { markdownTable } from "@intercom-telemetry/guards/markdown";
import type { Score } from "./score.ts";
import type { Survivor } from "./survivor.ts";

const code = (text: string): string => `\`${text.replaceAll("`", "'")}\``;

const table = (head: readonly string[], rows: readonly (readonly (string | number)[])[]): string =>
  markdownTable(
    head,
    rows.map((row) => row.map(String)),
  );

const shortOf = (file: string): string => file.replace("packages/core/src/", "");

/** The page that says what the run has found. `date` is the day of the run. */
export function renderPage(date: string, scores: readonly Score[], survivors: readonly Survivor[]): string {
  return `# Mutation run

\`npm run mutation\` changes the source of the core in every small way, one at a time: a condition inverted,
a string emptied, a call left out. It runs the tests that reach the change until one fails. It is
[Stryker](https://stryker-mutator.io) with vitest. Each folder has its own tests, named in \`rooms.ts\`: quick ones of
\`test/core\` and a few of \`test/axios\`. With \`--keep\`, a change whose code and tests are those of an earlier run with
\`--keep\` is not tried again.

The run fails below 95 % in a folder, for a survivor that is not explained in \`equivalents.ts\`, and for an explanation
that nothing needs any more. An explanation names the function, the kind of change and its number there, so that it
outlasts other names and edits elsewhere. This page is written by the run, last on ${date}.

${table(
  ["Folder", "Changes", "Noticed", "Percent"],
  scores.map(({ path, mutants, killed, percent }) => [code(path), mutants, killed, percent]),
)}

## What survives

Each of these gives the same results as the source, or keeps it from being loaded.

${table(
  ["Where", "Source", "Change", "Why it makes no difference"],
  survivors.map(({ file, original, replacement, reason = "**not explained**" }) => [
    shortOf(file),
    code(original),
    code(replacement),
    reason,
  ]),
)}
`;
}
