// `npm run check`: what a contributor waits for after each change. Lint, prose, types, and the tests that start no program.
import { spawn } from "node:child_process";
import { installDependencies, root } from "./install.mjs";
import { LINT, PROSE, TESTS, TYPES } from "./steps.mjs";

installDependencies();

/** Runs side by side with the others: what a step prints is kept until it has ended. */
function run([name, command, args]) {
  const started = performance.now();
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, env: { ...process.env, FORCE_COLOR: "1" } });
    let output = "";
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding("utf8").on("data", (text) => (output += text));
    child.on("close", (code) => {
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      process.stdout.write(`${output}\n== ${name}: ${code === 0 ? "ok" : "FAILED"} in ${seconds} s\n`);
      resolve(code === 0);
    });
  });
}

const [name, command, args] = TESTS;
const tests = [
  name,
  command,
  [
    ...args,
    ...["pure", "unit", "isolated"].flatMap((project) => ["--project", project]),
    "--reporter=dot",
    ...process.argv.slice(2),
  ],
];
const passed = await Promise.all([LINT, PROSE, TYPES, tests].map(run));
if (passed.includes(false)) process.exitCode = 1;
