// `npm test`: everything that has to hold, from a fresh clone with only Node and npm. Arguments go to vitest.
import { spawnSync } from "node:child_process";
import { installDependencies, root } from "./install.mjs";
import { LINT, PROSE, TESTS, TYPES } from "./steps.mjs";
import { installSystemPackages } from "./system-packages.mjs";

const [name, vitest, args] = TESTS;
const STEPS = [
  LINT,
  PROSE,
  TYPES,
  [
    "generated files",
    process.execPath,
    ["packages/toolchain/src/run.mjs", "packages/toolchain/src/generate.ts", "--check"],
  ],
  ["build", process.execPath, ["packages/toolchain/src/build.mjs"]],
  ["unused code", `${root}node_modules/.bin/knip`, ["--config", ".knip.json", "--no-config-hints"]],
  [name, vitest, [...args, ...process.argv.slice(2)]],
];

function timed(name, work) {
  const started = performance.now();
  const failed = work();
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  process.stdout.write(`\n== ${name}: ${failed ? "FAILED" : "ok"} in ${seconds} s\n`);
  if (failed) process.exit(1);
}

timed("install", () => {
  installDependencies();
  installSystemPackages();
  return false;
});
for (const [name, command, args] of STEPS) {
  timed(name, () => spawnSync(command, args, { cwd: root, stdio: "inherit" }).status !== 0);
}
