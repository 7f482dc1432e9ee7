/** `bytes-worker.ts <variant>`: prints the bytes that one call allocates, bare and with the variant. No collection runs. */
import { type Contestant, createContestants } from "./contestants.ts";
import type { LoadVariantName } from "./load-variants.ts";
import { median } from "./statistics.ts";

const CALLS = 500;
const ROUNDS = 9;

async function countBytes(contestant: Contestant): Promise<number> {
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  await contestant.makeCalls(CALLS, 1);
  return (process.memoryUsage().heapUsed - before) / CALLS;
}

const { bare, tool } = createContestants(process.argv[2] as LoadVariantName, []);
for (const contestant of [bare, tool]) await contestant.makeCalls(5 * CALLS, 1);
const bytes: Record<"bare" | "tool", number[]> = { bare: [], tool: [] };
for (let round = 0; round < ROUNDS; round += 1) {
  bytes.bare.push(await countBytes(bare));
  bytes.tool.push(await countBytes(tool));
}
process.stdout.write(JSON.stringify({ bareBytes: median(bytes.bare), toolBytes: median(bytes.tool) }), () =>
  process.exit(0),
);
