// Runs a TypeScript file of the repository from a fresh clone: node packages/toolchain/src/run.mjs <file.ts> [arguments]
import { spawn } from "node:child_process";
import { constants } from "node:os";
import { installDependencies, root } from "./install.mjs";

installDependencies();

const [file, ...args] = process.argv.slice(2);
const child = spawn(
  process.execPath,
  ["--import", `${root}node_modules/tsx/dist/loader.mjs`, file, ...args],
  { stdio: "inherit", env: { ...process.env, TSX_TSCONFIG_PATH: `${root}tsconfig.base.json` } },
);

// The terminal sends Ctrl-C to the whole group: the program decides when to end, this wrapper only waits.
for (const signal of ["SIGINT", "SIGTERM"]) {
  process.on(signal, () => {
    if (signal === "SIGTERM") child.kill(signal);
  });
}
child.on("exit", (code, signal) => {
  process.exitCode = code ?? 128 + constants.signals[signal];
});
