import { Lexer } from "yaml";
import { hideCode, type Passage } from "./passage.ts";

/** The comments of a YAML file. Those that follow one another are one passage. */
export function readYaml(file: string, source: string): Passage[] {
  const passages: Passage[] = [];
  let line = 1;
  let ended = -1;
  for (const token of new Lexer().lex(source)) {
    if (token.startsWith("#")) {
      const text = hideCode(token.replace(/^#+\s*/, ""));
      const before = passages.at(-1);
      if (before && ended === line - 1)
        passages[passages.length - 1] = { ...before, text: `${before.text} ${text}` };
      else passages.push({ file, line, kind: "comment", text });
      ended = line;
    }
    line += token.split("\n").length - 1;
  }
  return passages;
}
