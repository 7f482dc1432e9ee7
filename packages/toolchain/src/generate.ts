/**
 * `npm run generate` writes everything that is generated from the code. `npm run generate -- --check` writes nothing,
 * and fails when something is out of date. `npm run generate -- facts <folder>` writes the facts about Intercom's API,
 * from data that is not in the repository.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { renderVersion } from "../../core/scripts/render-version.ts";

const [mode] = process.argv.slice(2);
const root = new URL("../../../", import.meta.url);

function readCurrent(path: string): string | undefined {
  try {
    return readFileSync(new URL(path, root), "utf8");
  } catch {
    return undefined;
  }
}

/** Compares, and writes unless it only checks. @returns the paths that were out of date. */
function update(files: Readonly<Record<string, string>>): readonly string[] {
  const stale = Object.entries(files).filter(([path, content]) => readCurrent(path) !== content);
  if (mode !== "--check") for (const [path, content] of stale) writeFileSync(new URL(path, root), content);
  return stale.map(([path]) => path);
}

if (mode === "facts") {
  await import("../../core/scripts/generate-facts.ts");
} else {
  // First: the others show the version.
  const version = update({ "packages/core/src/version.ts": renderVersion() });
  const { generatedFiles } = await import("./generated-files.ts");
  const stale = [...version, ...update(await generatedFiles())];
  const found = mode === "--check" ? "out of date" : "written";
  for (const path of stale) process.stdout.write(`${found}: ${path}\n`);
  process.stdout.write(`${stale.length} generated files ${found}\n`);
  if (mode === "--check" && stale.length > 0) process.exitCode = 1;
}
