import { join } from "node:path";
import type { GeneratedFile } from "../targets/generated-file.ts";
import { readIfPresent } from "./manifest.ts";
import { requireFolder } from "./write-files.ts";

/** How a file in a folder differs from what would be written. */
export interface Difference {
  readonly path: string;
  readonly kind: "missing" | "different";
  /** First line that differs, counted from 1. */
  readonly line?: number;
  readonly expected?: string;
  readonly found?: string;
}

function compareFile({ path, content }: GeneratedFile, found: string): Difference | undefined {
  if (found === content) return undefined;
  const expectedLines = content.split("\n");
  const foundLines = found.split("\n");
  const length = Math.max(expectedLines.length, foundLines.length);
  const index = Array.from({ length }).findIndex((_, at) => expectedLines[at] !== foundLines[at]);
  return {
    path,
    kind: "different",
    line: index + 1,
    expected: expectedLines[index] ?? "(end of file)",
    found: foundLines[index] ?? "(end of file)",
  };
}

/** Compares a folder with what would be written to it. Files of others are ignored. */
export function checkFiles(folder: string, files: readonly GeneratedFile[]): readonly Difference[] {
  requireFolder(folder);
  return files.flatMap((file): readonly Difference[] => {
    const found = readIfPresent(join(folder, file.path));
    if (found === undefined) return [{ path: file.path, kind: "missing" }];
    const difference = compareFile(file, found);
    return difference ? [difference] : [];
  });
}
