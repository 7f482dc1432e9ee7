/** One piece of a PromQL expression; the pieces together are the expression. */
export interface Token {
  readonly kind: "name" | "string" | "space" | "number" | "other";
  readonly text: string;
}

const PATTERNS: readonly (readonly [Token["kind"], RegExp])[] = [
  // A comment ends with its line. It counts as space.
  ["space", /(?:\s|#[^\n]*)+/y],
  ["string", /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`/sy],
  ["name", /[a-zA-Z_:][\w:]*/y],
  // Durations too. A colon between two of them belongs to a subquery.
  ["number", /[\d.][\w.]*/y],
  ["other", /./sy],
];

/** Cuts a PromQL expression into pieces. Total: what is no PromQL comes out as pieces too. */
export function tokenize(expr: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < expr.length) {
    for (const [kind, pattern] of PATTERNS) {
      pattern.lastIndex = at;
      const text = pattern.exec(expr)?.[0];
      if (text === undefined) continue;
      tokens.push({ kind, text });
      at += text.length;
      break;
    }
  }
  return tokens;
}
