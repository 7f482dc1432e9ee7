import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/** A file that is ready, and the path inside the target that it will have. */
export interface Move {
  readonly staged: string;
  readonly path: string;
}

/** In a folder aside: an undo has begun here, so the copies may be all that is left of what was there before. */
export const UNDO_MARK = "undo-was-not-finished";

/** Thrown when not everything could be put back. */
export class UndoError extends Error {
  override readonly name: string = "UndoError";

  constructor(aside: string, cause: unknown) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    super(
      `${reason}\nNot everything could be put back; what was there before is kept in the folder, in ${join(basename(aside), "old")}`,
      {
        cause,
      },
    );
  }
}

interface Undo {
  readonly restores: boolean;
  readonly run: () => void;
}

/** Copies what is there, so that it is never absent, and returns the undo. */
function keep(current: string, copy: string): Undo {
  if (!existsSync(current)) return { restores: false, run: () => rmSync(current, { force: true }) };
  mkdirSync(dirname(copy), { recursive: true });
  copyFileSync(current, copy);
  return { restores: true, run: () => renameSync(copy, current) };
}

function mark(aside: string): void {
  try {
    writeFileSync(join(aside, UNDO_MARK), "");
  } catch {
    // A disk that is full has room for no mark; the undo only renames.
  }
}

/** Undoes every step that it can; once one fails, nothing more is deleted. */
function undoAll(steps: readonly Undo[], aside: string): boolean {
  mark(aside);
  let succeeded = true;
  for (const { restores, run } of steps) {
    if (!succeeded && !restores) continue;
    try {
      run();
    } catch {
      succeeded = false;
    }
  }
  return succeeded;
}

/**
 * Gives each file its place in `target` by one rename over what is there. When one fails, those before are undone from
 * copies in `aside/old`.
 *
 * @throws the error of the rename; UndoError when the undo failed too, and then `aside` has to stay.
 */
export function replaceAll(moves: readonly Move[], aside: string, target: string): void {
  const undo = new Map<string, Undo>();
  try {
    for (const { staged, path } of moves) {
      const current = join(target, path);
      // A path may come twice; what was there before the first time is what counts.
      if (!undo.has(path)) undo.set(path, keep(current, join(aside, "old", path)));
      mkdirSync(dirname(current), { recursive: true });
      renameSync(staged, current);
    }
  } catch (error) {
    if (!undoAll([...undo.values()].reverse(), aside)) throw new UndoError(aside, error);
    throw error;
  }
}
