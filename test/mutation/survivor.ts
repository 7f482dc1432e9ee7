import { EQUIVALENTS } from "./equivalents.ts";
import type { Verdict } from "./run-mutants.ts";
import type { Mutant, Sandbox } from "./sandbox.ts";

/** A change that no test noticed. */
export interface Survivor {
  /** From the repository's root. */
  readonly file: string;
  /** From 1, as editors count. */
  readonly line: number;
  readonly original: string;
  readonly replacement: string;
  readonly isReached: boolean;
  /** Why no test can notice it; absent when nobody has said so. */
  readonly reason?: string;
}

const onOneLine = (text: string): string => text.replace(/\s+/g, " ").trim();

/** The piece of source that a mutant replaces. */
function readOriginal({ fileName, location: { start, end } }: Mutant, sources: Sandbox["sources"]): string {
  const lines = (sources.get(fileName) ?? "").split("\n").slice(start.line, end.line + 1);
  const last = lines.length - 1;
  lines[last] = lines[last]?.slice(0, end.column) ?? "";
  lines[0] = lines[0]?.slice(start.column) ?? "";
  return onOneLine(lines.join(" "));
}

/** What is known of a mutant that was not killed. */
export function describeSurvivor({ mutant, status }: Verdict, sources: Sandbox["sources"]): Survivor {
  const original = readOriginal(mutant, sources);
  const replacement = onOneLine(mutant.replacement);
  const named = EQUIVALENTS.find(
    (each) =>
      mutant.fileName.endsWith(each.file) &&
      each.original === original &&
      each.replacements.includes(replacement),
  );
  return {
    file: mutant.fileName,
    line: mutant.location.start.line + 1,
    original,
    replacement,
    isReached: status !== "not reached",
    ...(named && { reason: named.reason }),
  };
}

/** Entries of the list that no survivor of this run needs: the code they speak of has changed, or a test has come. */
export function findStale(survivors: readonly Survivor[]): string[] {
  return EQUIVALENTS.flatMap(({ file, original, replacements }) =>
    replacements
      .filter(
        (replacement) =>
          !survivors.some(
            (each) =>
              each.file.endsWith(file) && each.original === original && each.replacement === replacement,
          ),
      )
      .map((replacement) => `${file}: ${original} -> ${replacement}`),
  );
}
