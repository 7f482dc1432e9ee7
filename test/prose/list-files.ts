import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";

/** Written by a program from data of others, or about wrong words itself. */
const NOT_OURS = /(?:^|\/)generated\/|^test\/contract\/reference\/|^test\/prose\/|^pnpm-lock/;

/** What git has or would add, so that a new file is read before its first commit. */
export function listFiles(root: string): string[] {
  const listed = execFileSync(
    "git",
    ["ls-files", "--cached", "--others", "--exclude-standard", "--deduplicate"],
    { cwd: root, encoding: "utf8", maxBuffer: 2 ** 26 },
  );
  return listed
    .split("\n")
    .filter((file) => /\.(?:md|tsx?|mjs|ya?ml)$/.test(file) && !NOT_OURS.test(file))
    .filter((file) => existsSync(`${root}${file}`));
}
