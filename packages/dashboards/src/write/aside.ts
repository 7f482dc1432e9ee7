import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { UNDO_MARK, UndoError } from "./replace-all.ts";

/** The folders aside are inside the target, since that may be a separate mount and a rename cannot cross mounts. */
const PREFIX = ".intercom-telemetry-";

/** Works with an empty folder aside, which is removed afterwards unless it holds what could not be put back. */
export function withFolderAside(target: string, work: (aside: string) => void): void {
  const aside = mkdtempSync(join(target, PREFIX));
  let isNeeded = false;
  try {
    work(aside);
  } catch (error) {
    isNeeded = error instanceof UndoError;
    throw error;
  } finally {
    if (!isNeeded) rmSync(aside, { recursive: true, force: true });
  }
}

/** Removes what runs left that were killed, save for copies that somebody may need. */
export function removeLeftovers(target: string): void {
  const folders = readdirSync(target, { withFileTypes: true }).filter(
    (entry) => entry.isDirectory() && entry.name.startsWith(PREFIX),
  );
  for (const { name } of folders) {
    const aside = join(target, name);
    if (!existsSync(join(aside, UNDO_MARK))) rmSync(aside, { recursive: true, force: true });
  }
}
