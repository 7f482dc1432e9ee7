const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** `...` stands for anything in a line, and on a line of its own for any lines. */
const toPattern = (line: string): RegExp => new RegExp(`^${line.split("...").map(escape).join(".*")}$`);

/** The first line that a page promises and that was not printed, in their order. */
export function missingLine(promised: string, printed: string): string | undefined {
  const lines = printed.split("\n").map((line) => line.trimEnd());
  let from = 0;
  for (const line of promised.split("\n").map((each) => each.trimEnd())) {
    if (line === "" || line === "...") continue;
    const found = lines.findIndex((each, index) => index >= from && toPattern(line).test(each));
    if (found < 0) return line;
    from = found + 1;
  }
  return undefined;
}
