import type { Mutant } from "./run-stryker.ts";

/** How one folder did. */
export interface Score {
  readonly path: string;
  readonly mutants: number;
  readonly killed: number;
  /** Part of them that was killed, in percent. */
  readonly percent: number;
}

/** The score of each folder directly below `parent`. */
export function scoreFolders(parent: string, mutants: readonly Mutant[]): Score[] {
  const pathOf = ({ file }: Mutant): string => file.slice(0, file.indexOf("/", parent.length));
  return [...new Set(mutants.map(pathOf))].sort().map((path) => {
    const below = mutants.filter((mutant) => pathOf(mutant) === path);
    const killed = below.filter(({ isKilled }) => isKilled).length;
    return {
      path,
      mutants: below.length,
      killed,
      percent: Number(((100 * killed) / below.length).toFixed(1)),
    };
  });
}
