import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";

/** The TypeScript files below these folders, and the files among them, as paths from `root`. */
export function listFiles(root: string, paths: readonly string[], ending: string): string[] {
  return paths.flatMap((path) => {
    if (statSync(join(root, path)).isFile()) return [path];
    const names = readdirSync(join(root, path), { recursive: true, encoding: "utf8" });
    return names.filter((name) => name.endsWith(ending)).map((name) => `${path}/${name}`);
  });
}
