/** `npm run soak -- [--minutes 10] [--seed n]`: every fault at random while the telemetry is taken apart and rebuilt. */
import { parseArgs } from "node:util";
import { runSoak } from "./run-soak.ts";
import { runZeroCodeSoak } from "./run-zero-code-soak.ts";

const { values } = parseArgs({
  options: { minutes: { type: "string", default: "10" }, seed: { type: "string" } },
});

const MOST_SEEDS = 2 ** 31;

function readNumber(
  name: string,
  text: string,
  isRight: (value: number) => boolean,
  expected: string,
): number {
  const value = Number(text);
  if (text.trim() !== "" && isRight(value)) return value;
  throw new TypeError(`--${name}: expected ${expected}, got ${JSON.stringify(text)}`);
}

const minutes = readNumber("minutes", values.minutes, (value) => value > 0, "a number of minutes above 0");
const seedText = values.seed ?? String(Date.now() % MOST_SEEDS);
const seed = readNumber("seed", seedText, (value) => Number.isInteger(value) && value >= 0, "a whole number");
const say = (line: string): void => void process.stdout.write(`${line}\n`);

say(`Soak of ${minutes} minutes from seed ${seed}`);
try {
  const [summary, zeroCode] = await Promise.all([
    runSoak(seed, minutes, say),
    runZeroCodeSoak(seed, minutes),
  ]);
  say(JSON.stringify({ ...summary, zeroCode }));
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  say(`Replay with: npm run soak -- --minutes ${minutes} --seed ${seed}`);
  process.exitCode = 1;
}
