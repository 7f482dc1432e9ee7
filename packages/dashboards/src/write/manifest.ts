import { createHash } from "node:crypto";
import { join } from "node:path";
import { FileReadError, readRegularFileSync } from "@intercom-telemetry/guards/files";

/** Name of the file that remembers what was written. */
export const MANIFEST_NAME = ".intercom-telemetry.json";

type Fingerprints = Readonly<Record<string, string>>;

/** What was written into a folder: path to SHA-256 of the content. */
export interface Manifest {
  readonly files: Fingerprints;
  /** What the files were before a run that is still active, or was killed: those are ours as well. */
  readonly previous: Fingerprints;
}

/** Fingerprint of a content. */
export function fingerprint(content: string): string {
  return createHash("sha256").update(content).digest("hex");
}

/** The largest file that is written is a tenth of it. */
const MAX_BYTES = 16 * 1024 * 1024;

/**
 * The text of a file, or `undefined` when there is no file.
 *
 * @throws Error with its path when it is something else, too long, or cannot be read.
 */
export function readIfPresent(file: string): string | undefined {
  try {
    return readRegularFileSync(file, { maxBytes: MAX_BYTES });
  } catch (error) {
    if (error instanceof FileReadError && error.message === "ENOENT") return undefined;
    const found = error instanceof Error ? error.message : String(error);
    throw new Error(`${file}: expected a file of text, got ${found}`, { cause: error });
  }
}

function isFingerprints(value: unknown): value is Fingerprints {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  return Object.values(value).every((entry) => typeof entry === "string");
}

function parseManifest(text: string): Manifest | undefined {
  try {
    const { files, previous = {} } = JSON.parse(text) as Partial<Record<keyof Manifest, unknown>>;
    return isFingerprints(files) && isFingerprints(previous) ? { files, previous } : undefined;
  } catch {
    return undefined;
  }
}

/**
 * What an earlier run wrote into the folder; empty when there was no earlier run.
 *
 * @throws Error when the file is there and is not a manifest.
 */
export function readManifest(folder: string): Manifest {
  const file = join(folder, MANIFEST_NAME);
  const text = readIfPresent(file);
  if (text === undefined) return { files: {}, previous: {} };
  const manifest = parseManifest(text);
  if (!manifest) throw new Error(`${MANIFEST_NAME}: expected the list of files that an earlier run wrote`);
  return manifest;
}

/** Whether a content of a path is one that a run wrote there. */
export function isOwn({ files, previous }: Manifest, path: string, content: string): boolean {
  const print = fingerprint(content);
  return files[path] === print || previous[path] === print;
}

const sorted = (prints: Fingerprints): Fingerprints =>
  Object.fromEntries(Object.entries(prints).sort(([a], [b]) => (a < b ? -1 : 1)));

/** The manifest as its file, in a fixed order. */
export function manifestText({ files, previous }: Manifest): string {
  const isDone = Object.keys(previous).length === 0;
  const shown = { files: sorted(files), ...(!isDone && { previous: sorted(previous) }) };
  return `${JSON.stringify({ generatedBy: "intercom-telemetry", ...shown }, null, 2)}\n`;
}
