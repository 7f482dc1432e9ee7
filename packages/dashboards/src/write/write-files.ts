import { lstatSync, mkdirSync, mkdtempSync, realpathSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { GeneratedFile } from "../targets/generated-file.ts";
import type { Manifest } from "./manifest.ts";
import { fingerprint, MANIFEST_NAME, manifestText, readIfPresent, readManifest } from "./manifest.ts";
import { replaceAll } from "./replace-all.ts";

/** What a run did. */
export interface WriteResult {
  readonly written: readonly string[];
  readonly unchanged: readonly string[];
}

/** Thrown before anything is touched: the folder holds something that must not be replaced. */
export class ForeignFileError extends Error {
  override readonly name: string = "ForeignFileError";
  readonly paths: readonly string[];

  constructor(folder: string, paths: readonly string[]) {
    const list = paths.map((path) => `\n  ${path}`).join("");
    super(`${folder} has files that were not generated, or were changed since; nothing was written:${list}`);
    this.paths = paths;
  }
}

function refuseForeign(folder: string, files: readonly GeneratedFile[], force: boolean): void {
  const manifest = readManifest(folder);
  const foreign = files.filter(({ path, content }) => {
    const target = join(folder, path);
    const entry = lstatSync(target, { throwIfNoEntry: false });
    if (!entry) return false;
    if (!entry.isFile()) return true;
    const found = readIfPresent(target);
    return !force && found !== content && (found === undefined || manifest[path] !== fingerprint(found));
  });
  if (foreign.length > 0)
    throw new ForeignFileError(
      folder,
      foreign.map(({ path }) => path),
    );
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
      throw new Error(`${join(folder, parent)}: expected a folder, got ${found}`);
    }
  }
}

function stage(folder: string, files: readonly GeneratedFile[]): void {
  for (const { path, content } of files) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
}

function manifestFile(before: Manifest, files: readonly GeneratedFile[]): GeneratedFile {
  const prints = Object.fromEntries(files.map(({ path, content }) => [path, fingerprint(content)]));
  return { path: MANIFEST_NAME, content: manifestText({ ...before, ...prints }) };
}

function withFolderAside(parent: string, work: (aside: string) => void): void {
  const aside = mkdtempSync(join(parent, ".intercom-dashboards-"));
  try {
    work(aside);
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}

function writeNewFolder(target: string, files: readonly GeneratedFile[]): void {
  mkdirSync(dirname(target), { recursive: true });
  withFolderAside(dirname(target), (aside) => {
    stage(join(aside, "new"), files);
    renameSync(join(aside, "new"), target);
  });
}

/** Aside is inside the folder, since that may be a mount of its own and a rename cannot cross file systems. */
function writeIntoFolder(target: string, files: readonly GeneratedFile[]): void {
  withFolderAside(target, (aside) => {
    stage(join(aside, "new"), files);
    const paths = files.map(({ path }) => path);
    replaceAll(paths, aside, target);
  });
}

/**
 * Writes files into a folder, which is made when it is not there. Everything is written aside first and then renamed
 * into place; when that fails half-way, what was there before is put back. Nothing else in the folder is touched.
 *
 * @param force replaces files that were not generated, or were changed by hand.
 * @throws ForeignFileError when such files are there and `force` is not given; nothing was written then.
 */
export function writeFiles(folder: string, files: readonly GeneratedFile[], force = false): WriteResult {
  if (lstatSync(folder, { throwIfNoEntry: false }) === undefined) {
    writeNewFolder(resolve(folder), [...files, manifestFile({}, files)]);
    return { written: files.map(({ path }) => path), unchanged: [] };
  }
  const target = realpathSync(folder);
  if (!lstatSync(target).isDirectory()) throw new Error(`${folder}: expected a folder, got a file`);
  refuseToLeave(target, files);
  refuseForeign(target, files, force);
  const isCurrent = ({ path, content }: GeneratedFile): boolean =>
    readIfPresent(join(target, path)) === content;
  const changed = files.filter((file) => !isCurrent(file));
  const unchanged = files.filter(isCurrent);
  writeIntoFolder(target, [...changed, manifestFile(readManifest(target), files)]);
  return { written: changed.map(({ path }) => path), unchanged: unchanged.map(({ path }) => path) };
}
