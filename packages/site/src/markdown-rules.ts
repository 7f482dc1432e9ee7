import type { MarkdownRenderer } from "vitepress";
import { repositoryLink } from "./repository-link.ts";

type Token = ReturnType<MarkdownRenderer["parse"]>[number];

/** Shorter code stays in one line; longer code breaks where it can. */
const LONGEST_WHOLE = 24;

/** Files of the repository are linked by relative paths, so that the pages can be read there, too. */
function linkRepository({ renderer }: MarkdownRenderer): void {
  const render = renderer.rules.link_open;
  renderer.rules.link_open = (tokens, index, options, env, self) => {
    const token = tokens[index];
    const address = repositoryLink(token?.attrGet("href") ?? "", env.relativePath);
    if (address !== undefined) token?.attrSet("href", address);
    return render ? render(tokens, index, options, env, self) : self.renderToken(tokens, index, options);
  };
}

/** Options such as `--import` stay whole. Long names break between their words, and nowhere else. */
function breakCode({ renderer }: MarkdownRenderer): void {
  const render = renderer.rules.code_inline;
  renderer.rules.code_inline = (tokens, index, ...rest) => {
    const token = tokens[index];
    if (token?.content.includes("-") && token.content.length <= LONGEST_WHOLE)
      token.attrJoin("class", "whole");
    return (render?.(tokens, index, ...rest) ?? "").replace(/(?<=[a-z0-9])_(?=\w)/gi, "_<wbr>");
  };
}

/** What a fence says to the tests, such as `sdk=6`, is not for VitePress, which takes 6 for a line. */
const keepLanguage = (token: Token): void => {
  token.info = token.info.trim().split(" ")[0] ?? "";
};

/** On a phone, a row is a paragraph: its cells say what they are, where a row has several. */
function labelCells(tokens: readonly Token[]): void {
  let headings: string[] = [];
  let column = 0;
  for (const [index, token] of tokens.entries()) {
    if (token.type === "thead_open") headings = [];
    if (token.type === "th_open") headings.push(tokens[index + 1]?.content.replaceAll("`", "") ?? "");
    if (token.type === "tr_open") column = 0;
    if (token.type !== "td_open") continue;
    const heading = headings[column] ?? "";
    if (headings.length > 2 && column > 0 && heading !== "") token.attrSet("data-heading", heading);
    column += 1;
  }
}

/** How this site reads Markdown beyond what VitePress does. */
export function addRules(markdown: MarkdownRenderer): void {
  linkRepository(markdown);
  breakCode(markdown);
  markdown.core.ruler.push("site", ({ tokens }) => {
    for (const token of tokens) if (token.type === "fence") keepLanguage(token);
    labelCells(tokens);
  });
}
