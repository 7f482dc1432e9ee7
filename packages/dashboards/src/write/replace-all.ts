import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";

/** Moves a file together with the folders it needs. */
function move(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  renameSync(from, to);
}

/**
 * Moves `aside/new/<path>` to `target/<path>` for each path, and what was there to `aside/old/<path>`. When one move
 * fails, those made before are undone and the error is thrown on.
 */
export function replaceAll(paths: readonly string[], aside: string, target: string): void {
  const undo: (() => void)[] = [];
  try {
    for (const path of paths) {
      const [staged, current, kept] = [
        join(aside, "new", path),
        join(target, path),
        join(aside, "old", path),
      ];
      if (existsSync(current)) {
        move(current, kept);
        undo.push(() => move(kept, current));
      } else {
        undo.push(() => rmSync(current, { force: true }));
      }
      move(staged, current);
    }
  } catch (error) {
    for (const step of undo.reverse()) step();
    throw error;
  }
}
