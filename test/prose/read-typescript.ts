import ts from "typescript";
import type { Passage } from "./passage.ts";
import { readComments } from "./read-comments.ts";
import { readNames } from "./read-names.ts";
import { readMessages, readTestNames } from "./read-strings.ts";

/** The comments and the names that the code declares; of a test also its name, of other files the messages. */
export function readTypeScript(file: string, source: string): Passage[] {
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, false, kindOf(file));
  const strings = file.startsWith("test/") ? readTestNames(file, tree) : readMessages(file, tree);
  return [...readComments(file, source, tree), ...readNames(file, tree), ...strings];
}

function kindOf(file: string) {
  if (file.endsWith(".tsx")) return ts.ScriptKind.TSX;
  return file.endsWith(".ts") ? ts.ScriptKind.TS : ts.ScriptKind.JS;
}
