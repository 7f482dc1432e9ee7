import { type Finding, findingAt, type Passage } from "../passage.ts";

/** More than this nobody reads at one go. */
export const MOST_WORDS = 30;

/** Splits where a sentence ends and another, or code, begins; and at semicolons, whose sides read on their own. */
const split = (text: string) =>
  text.split(/(?<=;)\s+|(?<=[.!?]["')]?)\s+(?=["'(]?(?:[A-Z0-9§]|axios|prom-client|promtool|undici))/);

const countWords = (sentence: string) => sentence.split(/\s+/).filter((word) => /\w|§/.test(word)).length;

export const findLongSentences = (passage: Passage): Finding[] =>
  split(passage.text)
    .map((sentence) => ({ sentence, words: countWords(sentence) }))
    .filter(({ words }) => words > MOST_WORDS)
    .map(({ sentence, words }) =>
      findingAt(
        passage,
        `${words} words in one sentence, at most ${MOST_WORDS}`,
        passage.text.indexOf(sentence),
      ),
    );
