import { lstatSync, mkdirSync, realpathSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { GeneratedFile } from "../targets/generated-file.ts";
import { removeLeftovers, withFolderAside } from "./aside.ts";
import { withLock } from "./lock.ts";
import type { Manifest } from "./manifest.ts";
import { fingerprint, isOwn, MANIFEST_NAME, manifestText, readIfPresent, readManifest } from "./manifest.ts";
import { type Move, replaceAll } from "./replace-all.ts";

/** What a run did. */
export interface WriteResult {
  readonly written: readonly string[];
  readonly unchanged: readonly string[];
}

/** Thrown before anything is touched: the folder holds something that must not be replaced. */
export class ForeignFileError extends Error {
  override readonly name: string = "ForeignFileError";
  readonly paths: readonly string[];

  constructor(paths: readonly string[]) {
    const list = paths.map((path) => `\n  ${path}`).join("");
    super(`the folder has files that were not generated, or were changed since; nothing was written:${list}`);
    this.paths = paths;
  }
}

function refuseForeign(
  folder: string,
  files: readonly GeneratedFile[],
  manifest: Manifest,
  force: boolean,
): void {
  const foreign = files.filter(({ path, content }) => {
    const target = join(folder, path);
    const entry = lstatSync(target, { throwIfNoEntry: false });
    if (!entry) return false;
    if (!entry.isFile()) return true;
    const found = readIfPresent(target);
    return !force && found !== undefined && found !== content && !isOwn(manifest, path, found);
  });
  if (foreign.length > 0) throw new ForeignFileError(foreign.map(({ path }) => path));
}

/** @throws TypeError for an empty path, or that of a file. */
export function requireFolder(folder: string): void {
  if (folder.trim() === "") throw new TypeError("folder: expected the path of a folder, got an empty string");
  const entry = statSync(folder, { throwIfNoEntry: false });
  if (entry && !entry.isDirectory()) throw new TypeError("folder: expected a folder, got a file");
}

function parentsOf(path: string): readonly string[] {
  const segments = path.split("/").slice(0, -1);
  return segments.map((_, index) => segments.slice(0, index + 1).join("/"));
}

/** A link below the folder could lead a write out of it. */
function refuseToLeave(folder: string, files: readonly GeneratedFile[]): void {
  for (const parent of new Set(files.flatMap(({ path }) => parentsOf(path)))) {
    const entry = lstatSync(join(folder, parent), { throwIfNoEntry: false });
    if (entry && !entry.isDirectory()) {
      const found = entry.isSymbolicLink() ? "a link" : "a file";
      throw new Error(`${parent}: expected a folder, got ${found}`);
    }
  }
}

function stage(folder: string, { path, content }: GeneratedFile): Move {
  const staged = join(folder, path);
  mkdirSync(dirname(staged), { recursive: true });
  writeFileSync(staged, content);
  return { staged, path };
}

const manifestFile = (manifest: Manifest): GeneratedFile => ({
  path: MANIFEST_NAME,
  content: manifestText(manifest),
});

/**
 * Everything is written aside before the first file is replaced, so that a full disk changes nothing. While files are
 * replaced the manifest knows their old and new contents: whenever this is killed, the next run knows them as its own.
 */
function replace(target: string, changed: readonly GeneratedFile[], before: Manifest, after: Manifest): void {
  withFolderAside(target, (aside) => {
    const begin = stage(join(aside, "begin"), manifestFile({ ...after, previous: before.files }));
    const moves = changed.map((file) => stage(join(aside, "new"), file));
    const end = stage(join(aside, "end"), manifestFile(after));
    replaceAll([begin, ...moves, end], aside, target);
  });
}

function writeLocked(target: string, files: readonly GeneratedFile[], force: boolean): WriteResult {
  removeLeftovers(target);
  refuseToLeave(target, files);
  const before = readManifest(target);
  refuseForeign(target, files, before, force);
  const isCurrent = ({ path, content }: GeneratedFile): boolean =>
    readIfPresent(join(target, path)) === content;
  const changed = files.filter((file) => !isCurrent(file));
  const unchanged = files.filter(isCurrent);
  const prints = Object.fromEntries(files.map(({ path, content }) => [path, fingerprint(content)]));
  const after = { files: { ...before.files, ...prints }, previous: {} };
  if (changed.length > 0 || manifestText(before) !== manifestText(after))
    replace(target, changed, before, after);
  return { written: changed.map(({ path }) => path), unchanged: unchanged.map(({ path }) => path) };
}

/**
 * Writes files into a folder, which is made when it is not there. Each file is replaced by one rename over it, so that
 * a reader finds it always, and whole; when that fails halfway, what was there before is put back. Runs at the same
 * time wait for each other. Nothing else in the folder is touched.
 *
 * @param force replaces files that were not generated, or were changed by hand.
 * @throws TypeError for an empty path, which would be the current folder; ForeignFileError when such files are there
 *   and `force` is not given; nothing was written then.
 */
export function writeFiles(folder: string, files: readonly GeneratedFile[], force = false): WriteResult {
  requireFolder(folder);
  mkdirSync(folder, { recursive: true });
  const target = realpathSync(folder);
  return withLock(target, () => writeLocked(target, files, force));
}
