import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { findPackage, PACKAGE_FOLDER, SOURCE_FOLDER } from "./page-folders.ts";

/** What goes into the page besides its own sources. */
const DEPENDENCIES = ["@grafana/data", "@grafana/ui", "react", "react-dom", "esbuild"];

async function listSources(): Promise<readonly string[]> {
  const folders = [SOURCE_FOLDER, join(PACKAGE_FOLDER, "src/bundle")];
  const lists = await Promise.all(
    folders.map(async (folder) => {
      const entries = await readdir(folder, { recursive: true, withFileTypes: true });
      return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
    }),
  );
  return lists.flat().sort();
}

/** SHA-256 over the page's sources and the versions of what is bundled with them, in hex. */
export async function fingerprintSources(): Promise<string> {
  const manifests = DEPENDENCIES.map((name) => join(findPackage(name), "package.json"));
  const files = [...(await listSources()), ...manifests];
  const hash = createHash("sha256");
  for (const file of files) hash.update(file.slice(PACKAGE_FOLDER.length)).update(await readFile(file));
  return hash.digest("hex");
}
