/**
 * `npm run generate`: writes everything that is generated from the code.
 *
 *   npm run generate -- --check           writes nothing, and fails when something is out of date
 *   npm run generate -- facts <folder>    writes the facts about Intercom's API, from data that is not in the repository
 */
import { readFileSync, writeFileSync } from "node:fs";
import { generatedFiles } from "./generated-files.ts";

const [mode] = process.argv.slice(2);
const root = new URL("../../", import.meta.url);

function readCurrent(path: string): string | undefined {
  try {
    return readFileSync(new URL(path, root), "utf8");
  } catch {
    return undefined;
  }
}

if (mode === "facts") {
  await import("../../packages/core/scripts/generate-facts.ts");
} else {
  const files = await generatedFiles();
  const stale = Object.entries(files).filter(([path, content]) => readCurrent(path) !== content);
  if (mode === "--check") {
    for (const [path] of stale) process.stdout.write(`out of date: ${path}\n`);
    if (stale.length > 0) process.exitCode = 1;
  } else {
    for (const [path, content] of stale) writeFileSync(new URL(path, root), content);
  }
  process.stdout.write(
    `${stale.length} of ${Object.keys(files).length} generated files ${mode === "--check" ? "are out of date" : "written"}\n`,
  );
}
