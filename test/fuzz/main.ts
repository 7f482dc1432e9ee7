/** `npm run fuzz -- [--cases 1000000] [--seed n] [--only <target>] [--json]`: hostile input, as much of it as asked for. */
import { parseArgs } from "node:util";
import { FuzzError, runFuzz } from "./run-fuzz.ts";

const { values } = parseArgs({
  options: {
    cases: { type: "string", default: "1000000" },
    seed: { type: "string" },
    only: { type: "string" },
    json: { type: "boolean", default: false },
  },
});

const MOST_SEEDS = 2 ** 31;

function readCount(name: string, text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= 0) return value;
  throw new TypeError(`--${name}: expected a whole number from 0, got ${JSON.stringify(text)}`);
}

const cases = readCount("cases", values.cases);
const seed = readCount("seed", values.seed ?? String(Date.now() % MOST_SEEDS));
const say = (line: string): void => void process.stdout.write(`${line}\n`);

say(`Fuzzing from seed ${seed}`);
try {
  const run = await runFuzz({ cases, seed, only: values.only, report: say });
  say(`${run} cases, no rule broken`);
  if (values.json) say(JSON.stringify({ cases: run, seed, failures: 0 }));
} catch (error) {
  if (!(error instanceof FuzzError)) throw error;
  say(error.message);
  process.exitCode = 1;
}
