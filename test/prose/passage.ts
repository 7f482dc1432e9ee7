/** A piece of text that someone reads, and where it stands. */
export interface Passage {
  readonly file: string;
  readonly line: number;
  readonly kind: "markdown" | "comment" | "message" | "test name" | "file name" | "name";
  /** Without markup. Code is replaced by `CODE`, so that a sentence keeps its length and shape. */
  readonly text: string;
}

/** Stands for code, addresses and values inside a sentence. */
export const CODE = "\u00a7";

/** Replaces what is not prose: code between backticks, addresses, paths, names with an underscore, capital or dot inside. */
export function hideCode(text: string): string {
  return text
    .replace(/`+[^`]+`+/g, CODE)
    .replace(/\{@link [^}]+\}/g, CODE)
    .replace(/\b[a-z][a-z+.-]*:\/\/\S*[^\s.,;:)]/gi, CODE)
    .replace(/[\w$.@-]*[\w@]\/[\w$./@{}:-]*/g, CODE)
    .replace(/\B\/[\w{}][\w$./@{}:-]*/g, CODE)
    .replace(/(?<![\w-])--?[a-z][\w-]*/g, CODE)
    .replace(/[\w$]+(?:\.[\w$]+)+(?:\(\))?/g, (name) => (/^(?:e\.g|i\.e)$/.test(name) ? name : CODE))
    .replace(/[\w$]*(?:_|[a-z0-9][A-Z])[\w$]*(?:\(\))?/g, CODE);
}

export interface Finding {
  readonly file: string;
  readonly line: number;
  /** What is wrong, what to write instead, and the words around it. */
  readonly says: string;
}

export function findingAt({ file, line, text }: Passage, says: string, index: number): Finding {
  const start = Math.max(0, index - 30);
  return { file, line, says: `${says} (${start > 0 ? "..." : ""}${text.slice(start, index + 60)})` };
}
