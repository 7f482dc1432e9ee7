import { lstatSync, mkdirSync, mkdtempSync, realpathSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve, sep } from "node:path";
import type { GeneratedFile } from "../targets/generated-file.ts";
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

function isFolder(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
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

/** A link below the folder could lead a write out of it. */
function refuseToLeave(folder: string, files: readonly GeneratedFile[]): void {
  const root = realpathSync(folder);
  for (const parent of new Set(files.map(({ path }) => dirname(join(folder, path))))) {
    mkdirSync(parent, { recursive: true });
    const real = realpathSync(parent);
    if (real !== root && !real.startsWith(`${root}${sep}`)) {
      throw new Error(`${parent}: expected a folder inside ${root}, got a link to ${real}`);
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

/**
 * Writes files into a folder, which is made when it is not there. Everything is written aside first and then renamed
 * into place; when that fails half-way, what was there before is put back. Nothing else in the folder is touched.
 *
 * @param force replaces files that were not generated, or were changed by hand.
 * @throws ForeignFileError when such files are there and `force` is not given; nothing was written then.
 */
export function writeFiles(folder: string, files: readonly GeneratedFile[], force = false): WriteResult {
  const target = resolve(folder);
  const isNew = lstatSync(target, { throwIfNoEntry: false }) === undefined;
  if (!isNew && !isFolder(realpathSync(target))) throw new Error(`${folder}: expected a folder, got a file`);
  if (!isNew) refuseForeign(target, files, force);
  const changed = isNew
    ? files
    : files.filter(({ path, content }) => readIfPresent(join(target, path)) !== content);
  const prints = Object.fromEntries(files.map(({ path, content }) => [path, fingerprint(content)]));
  const manifest = {
    path: MANIFEST_NAME,
    content: manifestText({ ...(isNew ? {} : readManifest(target)), ...prints }),
  };
  mkdirSync(dirname(target), { recursive: true });
  const aside = mkdtempSync(join(dirname(target), `.${basename(target)}-`));
  try {
    stage(join(aside, "new"), [...changed, manifest]);
    if (isNew) {
      renameSync(join(aside, "new"), target);
    } else {
      refuseToLeave(target, files);
      replaceAll(
        [...changed, manifest].map(({ path }) => path),
        aside,
        target,
      );
    }
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
  const written = changed.map(({ path }) => path);
  return { written, unchanged: files.map(({ path }) => path).filter((path) => !written.includes(path)) };
}
