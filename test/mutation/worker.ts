/**
 * `worker.ts <test files>`, inside the sandbox. Runs every test once and sends which mutants it reaches; then, for each
 * job that comes in, switches one mutant on and runs the tests that reach it until one fails.
 */
import { beginFile, keptTests } from "./vitest-shim.ts";

interface Switchboard {
  activeMutant?: string | undefined;
  currentTestId?: string | undefined;
  mutantCoverage: { static: Record<string, number>; perTest: Record<string, Record<string, number>> };
  hitCount?: number | undefined;
  hitLimit?: number | undefined;
}

/** A mutant that runs this often in one test has made an endless loop. */
const MOST_HITS = 1_000_000;
/** So long that a busy machine does not make a test late: endless loops are ended by the number of hits. */
const LONGEST_TEST_MILLISECONDS = 30_000;

const board: Switchboard = { mutantCoverage: { static: {}, perTest: {} } };
const forced = process.env.__STRYKER_ACTIVE_MUTANT__;
board.activeMutant = forced;
Reflect.set(globalThis, "__stryker__", board);

const send = (message: unknown): void => void process.send?.(message);
// A mutant may leave promises behind that nobody waits for.
process.on("unhandledRejection", () => {});
process.on("uncaughtException", () => {});

async function passes(run: () => Promise<void>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), LONGEST_TEST_MILLISECONDS);
  });
  board.hitCount = 0;
  board.hitLimit = MOST_HITS;
  const done = run().then(
    () => true,
    () => false,
  );
  const passed = await Promise.race([done, late]);
  clearTimeout(timer);
  return passed;
}

/** The first test of these that fails. */
async function findKiller(ids: ReadonlySet<string>): Promise<string | undefined> {
  for (const { id, run } of keptTests) if (ids.has(id) && !(await passes(run))) return id;
  return undefined;
}

async function runAll(): Promise<string[]> {
  const failed: string[] = [];
  for (const { id, run } of keptTests) {
    board.currentTestId = id;
    if (!(await passes(run))) failed.push(id);
    if (forced !== undefined && failed.length > 0) break;
  }
  board.currentTestId = undefined;
  return failed;
}

try {
  for (const file of process.argv.slice(2)) {
    beginFile(file);
    await import(`../../${file}`);
  }
  const failed = await runAll();
  send({ kind: "ready", failed, coverage: board.mutantCoverage });
} catch (error) {
  send({ kind: "ready", failed: [`loading: ${String(error)}`], coverage: board.mutantCoverage });
}

process.on("message", async ({ mutant, tests }: { mutant: string; tests: string[] }) => {
  board.activeMutant = mutant;
  const killer = await findKiller(new Set(tests));
  board.activeMutant = undefined;
  send({ kind: "result", killer });
});
