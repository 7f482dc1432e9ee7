import savedSeeds from "./seeds.json" with { type: "json" };
import { createCallTargets } from "./targets/calls.ts";
import { doctorTarget } from "./targets/doctor.ts";
import { explanationsTarget } from "./targets/explanations.ts";
import { createFetchTarget } from "./targets/fetches.ts";
import { filesTarget } from "./targets/files.ts";
import { createHostileObjectTarget } from "./targets/hostile-objects.ts";
import { createOfficialSdkTarget } from "./targets/official-sdks.ts";
import { optionsTarget } from "./targets/options.ts";
import { registriesTarget } from "./targets/registries.ts";
import { createRetryTarget } from "./targets/retries.ts";
import { createScrapeTarget } from "./targets/scrapes.ts";
import { settingsTarget } from "./targets/settings.ts";
import type { Target } from "./targets/target.ts";
import { throttleTarget } from "./targets/throttle.ts";
import { startWatch } from "./watch.ts";

/** What to run. */
export interface FuzzPlan {
  /** Cases over all targets, saved seeds not counted. */
  readonly cases: number;
  /** The first seed; each batch takes the next one. */
  readonly seed: number;
  /** Only the target of this name. */
  readonly only?: string | undefined;
  readonly report?: (line: string) => void;
}

/** A broken rule, and how to see it again. */
export class FuzzError extends Error {
  override readonly name = "FuzzError";

  constructor(target: string, seed: number, cases: number, cause: unknown) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const replay = `npm run fuzz -- --only "${target}" --seed ${seed} --cases ${cases}`;
    super(`${target}: ${reason}\nReplay with: ${replay}`, { cause });
  }
}

const BATCH_CASES = 1000;
const SAVED_SEED_CASES = 200;

async function runBatch(target: Target, seed: number, cases: number): Promise<void> {
  try {
    await target.run({ seed, numRuns: cases, includeErrorInReport: true });
  } catch (cause) {
    throw new FuzzError(target.name, seed, cases, cause);
  }
}

async function runTarget(target: Target, cases: number, firstSeed: number): Promise<void> {
  for (let done = 0, seed = firstSeed; done < cases; done += BATCH_CASES, seed += 1) {
    await runBatch(target, seed, Math.min(BATCH_CASES, cases - done));
  }
}

function selectTargets(only: string | undefined): Target[] {
  const watch = startWatch();
  // The hostile objects come last: they make the instrumentation fail on purpose, and the others say it never does.
  const all = [
    ...createCallTargets(watch),
    createFetchTarget(watch),
    createOfficialSdkTarget(watch),
    explanationsTarget,
    createRetryTarget(watch),
    throttleTarget,
    optionsTarget,
    settingsTarget,
    filesTarget,
    doctorTarget,
    createScrapeTarget(),
    registriesTarget,
    createHostileObjectTarget(watch),
  ];
  const selected = all.filter(({ name }) => only === undefined || name === only);
  if (selected.length > 0) return selected;
  throw new TypeError(`only: expected one of ${all.map(({ name }) => name).join(", ")}, got ${only}`);
}

/**
 * Runs the saved seeds and then new cases. For one process, once: it registers the global tracer and logger.
 *
 * @returns the number of cases run.
 * @throws FuzzError for the first rule that is broken.
 */
export async function runFuzz({ cases, seed, only, report = () => {} }: FuzzPlan): Promise<number> {
  const targets = selectTargets(only);
  const weights = targets.reduce((sum, { weight }) => sum + weight, 0);
  let total = 0;
  for (const target of targets) {
    const share = Math.ceil((cases * target.weight) / weights);
    const started = performance.now();
    for (const saved of savedSeeds) await runBatch(target, saved, SAVED_SEED_CASES);
    await runTarget(target, share, seed);
    total += share + savedSeeds.length * SAVED_SEED_CASES;
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    report(`${target.name.padEnd(16)} ${String(share).padStart(8)} cases  ${seconds.padStart(6)} s`);
  }
  return total;
}
