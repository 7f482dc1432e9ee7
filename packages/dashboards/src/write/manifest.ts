import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Name of the file that remembers what was written. */
export const MANIFEST_NAME = ".intercom-dashboards.json";

/** What was written into a folder: path to SHA-256 of the content. */
export type Manifest = Readonly<Record<string, string>>;

/** Fingerprint of a content. */
export function fingerprint(content: string): string {
  return createHash("sha256").update(content).digest("hex");
}

/** The text of a file, or `undefined` when there is none. */
export function readIfPresent(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

function isManifest(value: unknown): value is { readonly files: Manifest } {
  if (typeof value !== "object" || value === null || !("files" in value)) return false;
  const { files } = value;
  if (typeof files !== "object" || files === null) return false;
  return Object.values(files).every((entry) => typeof entry === "string");
}

/**
 * What an earlier run wrote into the folder; empty when there was none.
 *
 * @throws Error when the file is there and is not a manifest.
 */
export function readManifest(folder: string): Manifest {
  const file = join(folder, MANIFEST_NAME);
  const text = readIfPresent(file);
  if (text === undefined) return {};
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = undefined;
  }
  if (!isManifest(value)) throw new Error(`${file}: expected the list of files that an earlier run wrote`);
  return value.files;
}

/** The manifest as its file, in a fixed order. */
export function manifestText(files: Manifest): string {
  const sorted = Object.fromEntries(Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1)));
  return `${JSON.stringify({ generatedBy: "intercom-dashboards", files: sorted }, null, 2)}\n`;
}
