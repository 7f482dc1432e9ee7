// `npm test`: everything that has to hold, from a fresh clone with only Node and npm. Arguments go to vitest.
import { spawnSync } from "node:child_process";
import { installDependencies, root } from "./install.mjs";
import { installSystemPackages } from "./system-packages.mjs";

const bin = (name) => `${root}node_modules/.bin/${name}`;
const node = process.execPath;

const STEPS = [
  ["format and lint", bin("biome"), ["check", "--error-on-warnings", "."]],
  ["types", bin("tsc"), ["-p", "test/tsconfig.json"]],
  ["types of the preview's page", bin("tsc"), ["-p", "packages/preview/page/tsconfig.json"]],
  ["build", node, ["test/setup/build.mjs"]],
  ["unused code", bin("knip"), ["--config", ".knip.json", "--no-config-hints"]],
  ["tests", bin("vitest"), ["run", "--config", "test/vitest.config.ts", ...process.argv.slice(2)]],
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
for (const [name, command, words] of STEPS) {
  timed(name, () => spawnSync(command, words, { cwd: root, stdio: "inherit" }).status !== 0);
}
