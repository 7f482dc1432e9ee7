import type { Token } from "./tokenize.ts";

/** One `label="value"` of a selector. */
export interface Matcher {
  readonly label: string;
  readonly operator: string;
  /** As it is written, with its quotes. */
  readonly value: string;
}

/** What follows the name of a series in an expression. */
export interface Selector {
  readonly matchers: readonly Matcher[];
  /** What stands between square brackets; a range, or range and step of a subquery. */
  readonly range: string | undefined;
  /** `offset 5m`, `@ end()` and the like, as written. */
  readonly modifiers: string;
  /** Where the rest of the expression begins. */
  readonly next: number;
}

const isSpace = (token: Token | undefined): boolean => token?.kind === "space";

function skipSpace(tokens: readonly Token[], at: number): number {
  let next = at;
  while (isSpace(tokens[next])) next += 1;
  return next;
}

/** Position after the bracket that closes the one at a position. */
function findEnd(tokens: readonly Token[], at: number, close: string): number {
  let next = at + 1;
  while (next < tokens.length && tokens[next]?.text !== close) next += 1;
  return next + 1;
}

const join = (tokens: readonly Token[]): string => tokens.map(({ text }) => text).join("");

function readMatchers(tokens: readonly Token[]): readonly Matcher[] {
  const words = tokens.filter(({ kind, text }) => kind !== "space" && text !== ",");
  return words.flatMap(({ kind, text }, index) => {
    if (kind !== "name") return [];
    const rest = words.slice(index + 1);
    const length = rest.findIndex((word) => word.kind === "string");
    return [{ label: text, operator: join(rest.slice(0, length)), value: rest[length]?.text ?? '""' }];
  });
}

/** `offset 5m`, `offset -5m` or `@ <time>`; the end of it, or where it would have begun. */
function skipModifier(tokens: readonly Token[], at: number): number {
  const start = skipSpace(tokens, at);
  const word = tokens[start]?.text;
  if (word !== "offset" && word !== "@") return at;
  let next = skipSpace(tokens, start + 1);
  if (tokens[next]?.text === "-") next = skipSpace(tokens, next + 1);
  next += 1;
  // `@ start()` and `@ end()`.
  return tokens[next]?.text === "(" ? findEnd(tokens, next, ")") : next;
}

/** Reads what follows a name at a position: matchers, a range, modifiers; each may be missing. */
export function readSelector(tokens: readonly Token[], at: number): Selector {
  let next = at;
  let matchers: readonly Matcher[] = [];
  let range: string | undefined;
  const brace = skipSpace(tokens, next);
  if (tokens[brace]?.text === "{") {
    next = findEnd(tokens, brace, "}");
    matchers = readMatchers(tokens.slice(brace + 1, next - 1));
  }
  const bracket = skipSpace(tokens, next);
  if (tokens[bracket]?.text === "[") {
    next = findEnd(tokens, bracket, "]");
    range = join(tokens.slice(bracket + 1, next - 1)).trim();
  }
  const start = next;
  for (let end = skipModifier(tokens, next); end !== next; end = skipModifier(tokens, next)) next = end;
  return { matchers, range, modifiers: join(tokens.slice(start, next)).trim(), next };
}
