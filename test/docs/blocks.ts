import type { Page } from "./pages.ts";

/**
 * A fenced block of a page. Its first line says what the tests do with it:
 *
 * - `run`: it runs as pasted. A fence with `text output` after it is what it prints.
 * - `no-run="reason"`: it is compiled, and why it cannot run here.
 * - `continues`: it continues where the block before it ended.
 * - `sdk=6`: the version of `intercom-client`, where it is not 7.
 */
export interface Block {
  readonly file: string;
  /** Of the fence. */
  readonly line: number;
  readonly language: string;
  readonly text: string;
  readonly run: boolean;
  readonly noRun: string | undefined;
  readonly sdk: "5" | "6" | "7";
  /** What the block after it says that it prints. */
  readonly output: string | undefined;
}

export const at = ({ file, line }: Pick<Block, "file" | "line">): string => `${file}:${line}`;

const isCode = (language: string): boolean => language === "ts" || language === "js";
const readAttribute = (info: string, name: string): string | undefined =>
  new RegExp(`\\b${name}="([^"]*)"`).exec(info)?.[1];
const readSdk = (info: string): Block["sdk"] => (/\bsdk=([567])\b/.exec(info)?.[1] ?? "7") as Block["sdk"];

/** What the reader pastes below what is there: imports that are there already stay away. */
function continueText(before: string, text: string): string {
  const known = new Set(before.split("\n").filter((line) => /^import .*;$/.test(line)));
  return `${before}\n${text
    .split("\n")
    .filter((line) => !known.has(line))
    .join("\n")}`;
}

/** All fenced blocks of a page, in their order. */
export function readBlocks({ file, tokens }: Page): readonly Block[] {
  const fences = tokens.filter(({ type }) => type === "fence");
  let before = "";
  return fences.map((fence, index) => {
    const info = fence.info.trim();
    const words = info.replace(/"[^"]*"/g, '""').split(/\s+/);
    const [language = ""] = words;
    const next = fences[index + 1];
    const text = words.includes("continues") ? continueText(before, fence.content) : fence.content;
    if (isCode(language)) before = text;
    return {
      file,
      line: (fence.map?.[0] ?? 0) + 1,
      language,
      text,
      run: words.includes("run"),
      noRun: readAttribute(info, "no-run"),
      sdk: readSdk(info),
      output: next && /^text output\b/.test(next.info) ? next.content : undefined,
    };
  });
}

/** Where a block stands in the repository: beside what it imports. */
export function folderOf({ file, text }: Block): string {
  if (file === "packages/core/docs/common-errors.md") return "test/fetch/common-errors/";
  return text.includes("@nestjs/") ? "examples/nestjs/" : "test/docs/";
}

export const isProgram = ({ language }: Block): boolean => isCode(language);
