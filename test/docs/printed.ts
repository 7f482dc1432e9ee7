const quote = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** `...` stands for anything in a line, and alone on a line for any lines. */
const toPattern = (line: string): RegExp => new RegExp(`^${line.split("...").map(quote).join(".*")}$`);

/** Ports are free ones in the tests. */
const withoutPort = (line: string): string => line.trimEnd().replace(/\b127\.0\.0\.1:\d+/g, "127.0.0.1:");

/** The first line that a page promises and that was not printed, in their order. */
export function missingLine(promised: string, printed: string): string | undefined {
  const lines = printed.split("\n").map(withoutPort);
  let from = 0;
  for (const line of promised.split("\n").map(withoutPort)) {
    if (line === "" || line === "...") continue;
    const found = lines.findIndex((each, index) => index >= from && toPattern(line).test(each));
    if (found < 0) return line;
    from = found + 1;
  }
  return undefined;
}
