import type { ErrorCategory, ErrorKind } from "./error-description.ts";
import { readEntry } from "./outline-entry.ts";
import { usualRetryMode } from "./retry-mode.ts";

/** What is not said of a code, since nearly none is retryable. */
export type UnusualKind = Partial<Omit<ErrorKind, "code" | "category">>;

/** The kind that an entry of the outline stands for. */
export function toErrorKind(category: ErrorCategory, entry: string): ErrorKind {
  const [code, unusual] = readEntry<UnusualKind>(entry);
  const { retryable = false } = unusual ?? {};
  return { code, category, retryable, retryMode: usualRetryMode(retryable), ...unusual };
}

/** Reads an outline of codes: a line is a category and its codes. */
export function readKinds(outline: string): readonly ErrorKind[] {
  return outline.split("\n").flatMap((line) => {
    const [category = "unknown", ...entries] = line.split(" ");
    return entries.map((entry) => toErrorKind(category as ErrorCategory, entry));
  });
}
