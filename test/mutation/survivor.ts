import { readFileSync } from "node:fs";
import { EQUIVALENTS } from "./equivalents.ts";
import { type Place, placeMutants } from "./place.ts";
import type { Mutant } from "./run-stryker.ts";

/** A change that no test noticed. */
export interface Survivor extends Place {
  /** From 1, as editors count. */
  readonly line: number;
  readonly original: string;
  readonly replacement: string;
  /** Why no test can notice it; absent when nobody has said so. */
  readonly reason?: string | undefined;
}

const onOneLine = (text: string): string => text.replace(/\s+/g, " ").trim();

/** The piece of source that a mutant replaces. */
function readOriginal(content: string, { start, end }: Mutant): string {
  const lines = content.split("\n").slice(start.line - 1, end.line);
  const last = lines.length - 1;
  lines[last] = lines[last]?.slice(0, end.column - 1) ?? "";
  lines[0] = lines[0]?.slice(start.column - 1) ?? "";
  return onOneLine(lines.join(" "));
}

const explains = (equivalent: (typeof EQUIVALENTS)[number], place: Place): boolean =>
  place.file.endsWith(equivalent.file) &&
  equivalent.within === place.within &&
  equivalent.mutator === place.mutator &&
  equivalent.ordinals.includes(place.ordinal);

/** The mutants of one file that were not killed. */
export function describeSurvivors(root: string, file: string, mutants: readonly Mutant[]): Survivor[] {
  const content = readFileSync(`${root}${file}`, "utf8");
  return placeMutants(file, content, mutants)
    .filter(({ mutant }) => !mutant.isKilled)
    .map(({ mutant, place }) => ({
      ...place,
      line: mutant.start.line,
      original: readOriginal(content, mutant),
      replacement: onOneLine(mutant.replacement),
      reason: EQUIVALENTS.find((equivalent) => explains(equivalent, place))?.reason,
    }));
}

/** Explanations that no survivor of this run needs: the code they speak of has changed, or a test has come. */
export function findStale(survivors: readonly Survivor[]): string[] {
  return EQUIVALENTS.flatMap((equivalent) =>
    equivalent.ordinals
      .filter((ordinal) => !survivors.some((each) => each.ordinal === ordinal && explains(equivalent, each)))
      .map((ordinal) => `${equivalent.file}: ${equivalent.within}, ${equivalent.mutator} ${ordinal}`),
  );
}
