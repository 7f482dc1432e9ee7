import { readFileSync } from "node:fs";
import { join } from "node:path";

/** What the `package.json` of a package says, as far as it is used. */
export interface Manifest {
  readonly name?: unknown;
  readonly type?: unknown;
}

/** The text of a file; nothing for one that cannot be read. */
export function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

/** The manifest in a folder, empty when it is broken; `undefined` for a folder without one. */
export function readManifest(folder: string): Manifest | undefined {
  const text = readText(join(folder, "package.json"));
  if (text === "") return undefined;
  try {
    return JSON.parse(text) as Manifest;
  } catch {
    return {};
  }
}
