/** Prints how long it takes to find the operation of a path, in nanoseconds, over every template of the table. */
import { INTERCOM_OPERATIONS, matchOperation } from "@intercom-telemetry/core";

const ROUNDS = 31;
const PASSES = 200;

const paths = INTERCOM_OPERATIONS.map(
  ({ method, template }) => [method, template.replace(/\{[^}]+\}/g, "5f0c1b2a3d4e5f6071829304")] as const,
);

let found = 0;

function timeRound(): number {
  const started = process.hrtime.bigint();
  for (let pass = 0; pass < PASSES; pass += 1) {
    for (const [method, path] of paths) if (matchOperation(method, path)) found += 1;
  }
  return Number(process.hrtime.bigint() - started) / (PASSES * paths.length);
}

for (let warmUp = 0; warmUp < 5; warmUp += 1) timeRound();
const rounds = Array.from({ length: ROUNDS }, timeRound).sort((left, right) => left - right);
if (found !== (ROUNDS + 5) * PASSES * paths.length) throw new Error("a template did not match its own path");
process.stdout.write(JSON.stringify({ nanoseconds: rounds[Math.floor(ROUNDS / 2)] }));
