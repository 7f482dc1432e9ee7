import type { ErrorDescription, ErrorKind } from "./error-description.ts";
import { readEntry } from "./outline-entry.ts";

/** The part of an entry that only those read who explain or show it. */
export type ErrorAdvice = Omit<ErrorDescription, keyof ErrorKind>;

/** What is not said of a code, since nearly all were seen with one status, and are documented. */
export type UnusualAdvice = Partial<Omit<ErrorAdvice, "cause" | "action">>;

/** The statuses of a code that was seen with this one, or with none. */
export const seenWith = (status: number | undefined): Pick<ErrorAdvice, "statuses" | "typicalStatus"> =>
  status === undefined ? { statuses: [] } : { statuses: [status], typicalStatus: status };

function toAdvice(action: string, line: string): readonly [code: string, advice: ErrorAdvice] {
  const [text, unusual] = readEntry<UnusualAdvice>(line);
  const [code = "", status, ...words] = text.split(" ");
  const seen = seenWith(status === "-" ? undefined : Number(status));
  return [code, { ...seen, ...unusual, cause: words.join(" "), action }];
}

/**
 * Reads an outline of advice, by code. A line is what to do; those below it, with a space in front, are the codes for
 * which it is so: each with its status or a dash, and what has happened.
 */
export function readAdvice(outline: string): Map<string, ErrorAdvice> {
  const advice = new Map<string, ErrorAdvice>();
  let action = "";
  for (const line of outline.split("\n")) {
    if (line.startsWith(" ")) advice.set(...toAdvice(action, line.slice(1)));
    else action = line;
  }
  return advice;
}
