import { readFileSync } from "node:fs";
import { spellCheckDocument } from "cspell-lib";
import { type Finding, findingAt, type Passage } from "../passage.ts";

/** Names of products and terms that no dictionary has, one on each line, sorted. */
export const OWN_WORDS = readFileSync(new URL("../dictionary.txt", import.meta.url), "utf8")
  .trimEnd()
  .split("\n");

/** Without a possessive at its end. */
const WORD = /[A-Za-z](?:(?!'s\b)[A-Za-z'])*[A-Za-z]/g;

/** Checks each word once, wherever it stands: the dictionaries take a second, whole files would take ten. */
export async function findMisspellings(
  passages: readonly Passage[],
  ownWords: readonly string[] = OWN_WORDS,
): Promise<Finding[]> {
  const words = new Set(passages.flatMap(({ text }) => text.match(WORD) ?? []));
  const { issues } = await spellCheckDocument(
    { uri: "file:///words.txt", text: [...words].join("\n"), languageId: "plaintext", locale: "en-US" },
    { generateSuggestions: false, noConfigSearch: true },
    { language: "en-US", dictionaries: ["softwareTerms", "typescript", "node", "npm"], words: [...ownWords] },
  );
  const unknown = new Set(issues.map(({ text }) => text));
  return passages.flatMap((passage) =>
    [...passage.text.matchAll(WORD)]
      .filter(([word]) => unknown.has(word))
      .map(({ 0: word, index }) =>
        findingAt(
          passage,
          `"${word}" is not in the dictionaries; a name or term goes in test/prose/dictionary.txt`,
          index,
        ),
      ),
  );
}
