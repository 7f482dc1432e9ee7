/** `npm run mutation [-- --files <file or folder>] [--json]`: changes the core in every small way and sees whether a test notices. */
import { rmSync } from "node:fs";
import { parseArgs } from "node:util";
import { runMutants, type Verdict } from "./run-mutants.ts";
import { createSandbox } from "./sandbox.ts";

const { values } = parseArgs({
  options: {
    files: {
      type: "string",
      multiple: true,
      default: ["packages/core/src/classify", "packages/core/src/record"],
    },
    json: { type: "boolean", default: false },
  },
});
const TESTS = {
  core: ["test/core"],
  others: ["test/axios/own-failures.test.ts", "test/axios/headers.test.ts"],
};
/** In per cent. */
const LOWEST_SCORE = 90;

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const verdicts: Verdict[] = [];

function report(verdict: Verdict): void {
  verdicts.push(verdict);
  const { mutant, status } = verdict;
  if (status === "killed" || status === "timed out") return;
  const { line, column } = mutant.location.start;
  const replacement = mutant.replacement.replace(/\s+/g, " ").slice(0, 100);
  say(`${status}: ${mutant.fileName}:${line}:${column} ${mutant.mutatorName} -> ${replacement}`);
}

const sandbox = await createSandbox(values.files);
try {
  say(`${sandbox.mutants.length} mutants`);
  await runMutants(sandbox, TESTS, report);
} finally {
  rmSync(sandbox.folder, { recursive: true, force: true });
}
const killed = verdicts.filter(({ status }) => status === "killed" || status === "timed out").length;
const score = Number(((100 * killed) / verdicts.length).toFixed(1));
say(`${killed} of ${verdicts.length} killed: ${score} %`);
if (values.json) say(JSON.stringify({ mutants: verdicts.length, killed, score }));
process.exitCode = score >= LOWEST_SCORE ? 0 : 1;
