/** Writes the new set into a folder and is killed before its call to the file system of this number: `<folder> <call>`. */
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { writeFiles } from "../../packages/dashboards/src/write/write-files.ts";

const [folder = "", call = ""] = process.argv.slice(2);
const WRITERS = [
  "copyFileSync",
  "mkdirSync",
  "mkdtempSync",
  "renameSync",
  "rmSync",
  "writeFileSync",
] as const;

let calls = 0;
const killing = WRITERS.map((name) => {
  const original = fs[name] as (...args: readonly unknown[]) => unknown;
  const run = (...args: readonly unknown[]): unknown => {
    calls += 1;
    if (calls === Number(call)) process.kill(process.pid, "SIGKILL");
    return original(...args);
  };
  return [name, run] as const;
});
Object.assign(fs, Object.fromEntries(killing));
syncBuiltinESMExports();

writeFiles(
  folder,
  ["a/one.yaml", "b/two.yaml", "three.yaml"].map((path) => ({ path, content: `new ${path}\n` })),
);
