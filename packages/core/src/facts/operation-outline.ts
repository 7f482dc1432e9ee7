import type { DocumentedOperation } from "./operation.ts";
import { readEntry } from "./outline-entry.ts";

/** What is said of an operation only where it is not as usual. */
export type Unusual = Partial<Omit<DocumentedOperation, "method" | "template">>;

/** The operation that an entry of the outline stands for. */
export function toOperation(template: string, entry: string): DocumentedOperation {
  const [method, unusual] = readEntry<Unusual>(entry);
  return {
    method,
    template,
    successStatus: 200,
    ...unusual,
  };
}

/**
 * Reads an outline of operations. A line is a path and its methods; each space in front of it stands for a segment
 * that it shares with the line before.
 */
export function readOperations(outline: string): readonly DocumentedOperation[] {
  let segments: string[] = [];
  return outline.split("\n").flatMap((line) => {
    const text = line.trimStart();
    const [path = "", ...entries] = text.split(" ");
    segments = [...segments.slice(0, line.length - text.length), ...path.split("/")];
    const template = `/${segments.join("/")}`;
    return entries.map((entry) => toOperation(template, entry));
  });
}
