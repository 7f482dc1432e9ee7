import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";
import { listFiles } from "./list-files.ts";
import type { Mutant, Sandbox } from "./sandbox.ts";

/** What became of one mutant. */
export interface Verdict {
  readonly mutant: Mutant;
  readonly status: "killed" | "timed out" | "survived" | "not reached";
}

interface Ready {
  readonly failed: readonly string[];
  readonly coverage: {
    readonly static: Readonly<Record<string, number>>;
    readonly perTest: Readonly<Record<string, Readonly<Record<string, number>>>>;
  };
}

/** Which tests have to notice. */
export interface TestPaths {
  readonly core: readonly string[];
  /** Slower to load; not asked about tables, which are fixed when they are loaded. */
  readonly others: readonly string[];
}

const LONGEST_MUTANT_MILLISECONDS = 300_000;

/** Resolves with the next message; `undefined` when the process ends or says nothing for too long. */
function nextMessage<Message>(worker: ChildProcess): Promise<Message | undefined> {
  return new Promise((resolve) => {
    const settle = (message?: unknown): void => {
      clearTimeout(timer);
      worker.off("message", settle).off("exit", end);
      resolve(message as Message | undefined);
    };
    const end = (): void => settle();
    const timer = setTimeout(end, LONGEST_MUTANT_MILLISECONDS);
    worker.once("message", settle).once("exit", end);
  });
}

/** Loads all tests in a process, with one mutant switched on from the start if one is given. */
async function startWorker({ folder }: Sandbox, tests: readonly string[], mutant?: string) {
  const env = { ...process.env, TSX_TSCONFIG_PATH: join(folder, "tsconfig.base.json") };
  const worker = fork(join(folder, "test/mutation/worker.ts"), tests, {
    cwd: folder,
    stdio: "ignore",
    env: mutant === undefined ? env : { ...env, __STRYKER_ACTIVE_MUTANT__: mutant },
  });
  const ready = await nextMessage<Ready>(worker);
  return { worker, ready };
}

/** A mutant that takes effect as the code is loaded needs a process of its own. */
async function runStatic(sandbox: Sandbox, tests: readonly string[], mutant: Mutant): Promise<Verdict> {
  const { worker, ready } = await startWorker(sandbox, tests, mutant.id);
  worker.kill("SIGKILL");
  if (!ready) return { mutant, status: "timed out" };
  return { mutant, status: ready.failed.length > 0 ? "killed" : "survived" };
}

function testsByMutant({ coverage }: Ready): ReadonlyMap<string, string[]> {
  const tests = new Map<string, string[]>();
  for (const [test, reached] of Object.entries(coverage.perTest)) {
    for (const mutant of Object.keys(reached)) tests.set(mutant, [...(tests.get(mutant) ?? []), test]);
  }
  return tests;
}

async function startSound(sandbox: Sandbox, tests: readonly string[]) {
  const { worker, ready } = await startWorker(sandbox, tests);
  if (!ready || ready.failed.length > 0) {
    throw new Error(
      `expected all tests to pass without a mutant, failed: ${ready?.failed.join("\n") ?? "to start"}`,
    );
  }
  return { worker, ready };
}

/** Runs all mutants; `report` hears of each as it is decided. */
export async function runMutants(
  sandbox: Sandbox,
  { core, others }: TestPaths,
  report: (verdict: Verdict) => void,
) {
  const coreTests = listFiles(sandbox.folder, core, ".test.ts");
  const tests = [...coreTests, ...listFiles(sandbox.folder, others, ".test.ts")];
  let { worker, ready } = await startSound(sandbox, tests);
  const reachedBy = testsByMutant(ready);
  const isStatic = ({ id }: Mutant): boolean => ready.coverage.static[id] !== undefined;
  for (const mutant of sandbox.mutants.filter((each) => !isStatic(each))) {
    const reaching = reachedBy.get(mutant.id);
    if (!reaching) {
      report({ mutant, status: "not reached" });
      continue;
    }
    worker.send({ mutant: mutant.id, tests: reaching });
    const result = await nextMessage<{ killer?: string }>(worker);
    report({ mutant, status: result ? (result.killer === undefined ? "survived" : "killed") : "timed out" });
    if (result) continue;
    worker.kill("SIGKILL");
    ({ worker } = await startSound(sandbox, tests));
  }
  worker.kill("SIGKILL");
  const waiting = sandbox.mutants.filter(isStatic);
  const work = async (): Promise<void> => {
    for (let mutant = waiting.shift(); mutant; mutant = waiting.shift()) {
      report(await runStatic(sandbox, coreTests, mutant));
    }
  };
  await Promise.all([work(), work()]);
}
