import type { Bundler } from "./bundler.ts";
import { BUNDLERS } from "./bundlers.ts";
import { createServiceProject } from "./project.ts";
import { runBundler } from "./run-bundler.ts";

/** What became of the service in one bundler. */
export interface BundlerResult {
  readonly name: string;
  /** How many requests were counted, and what the build took. */
  readonly facts: string;
  readonly problem?: string | undefined;
}

async function tryBundler({ name, ...bundler }: Bundler, folder: string): Promise<BundlerResult> {
  try {
    const { counted, ledger, buildSeconds, kibibytes } = await runBundler({ name, ...bundler }, folder);
    const counts = `${counted.length} of ${ledger.length} counted`;
    const facts = `${counts}, built in ${buildSeconds.toFixed(1)} s, ${Math.round(kibibytes)} KiB`;
    const agrees = counted.length > 0 && counted.join() === ledger.join();
    return { name, facts, problem: agrees ? undefined : `counted ${counted.join()}, made ${ledger.join()}` };
  } catch (error) {
    return { name, facts: "", problem: String(error) };
  }
}

/** Bundles the service in every way whose name has this part, runs it, and compares its counts with Intercom's ledger. */
export async function runBundlers(
  part: string,
  report: (result: BundlerResult) => void,
): Promise<readonly BundlerResult[]> {
  const project = createServiceProject();
  const results: BundlerResult[] = [];
  try {
    for (const bundler of BUNDLERS.filter(({ name }) => name.includes(part))) {
      const result = await tryBundler(bundler, project.folder);
      report(result);
      results.push(result);
    }
  } finally {
    project.remove();
  }
  return results;
}
