import type { Verdict } from "./run-mutants.ts";

/** How one folder or file did. */
export interface Score {
  readonly path: string;
  readonly mutants: number;
  readonly killed: number;
  /** Part of them that was killed, in per cent. */
  readonly percent: number;
}

/** Whether a test has noticed the change, by failing or by not coming to an end. */
export const isKilled = ({ status }: Verdict): boolean => status === "killed" || status === "timed out";

/** The score of everything below a path. */
export function scoreOf(path: string, verdicts: readonly Verdict[]): Score {
  const below = verdicts.filter(({ mutant }) => mutant.fileName.startsWith(path));
  const killed = below.filter(isKilled).length;
  return { path, mutants: below.length, killed, percent: Number(((100 * killed) / below.length).toFixed(1)) };
}
