import { editDistance } from "./edit-distance.ts";

/** Comparing words costs the product of their lengths, and a longer one is not a mistyped name. */
const LONGEST_WORD = 60;
const NEAR = 0.5;
/** Letters that have to be right in their order; short words share half of them by chance. */
const NEAR_IN_ORDER = 0.7;

const normalize = (word: string): string =>
  word
    .slice(0, LONGEST_WORD)
    .toLowerCase()
    .replace(/[^a-z0-9]/g, "");

const pairsOf = (word: string): readonly string[] =>
  Array.from({ length: Math.max(0, word.length - 1) }, (_, start) => word.slice(start, start + 2));

/** Dice's coefficient of the pairs of letters: 1 for the same word, 0 for nothing in common. */
function similarity(left: string, right: string): number {
  const [first, second] = [pairsOf(left), pairsOf(right)];
  const rest = [...second];
  const shared = first.filter((pair) => {
    const at = rest.indexOf(pair);
    if (at >= 0) rest.splice(at, 1);
    return at >= 0;
  });
  return (2 * shared.length) / Math.max(1, first.length + second.length);
}

function nearness(left: string, right: string): number {
  const inOrder = 1 - editDistance(left, right) / Math.max(left.length, right.length, 1);
  return Math.max(similarity(left, right), inOrder >= NEAR_IN_ORDER ? inOrder : 0);
}

/** The documented words that come near what was typed, the nearest first. */
export function nearestWords(
  typed: string,
  words: readonly string[],
  most: number,
  simplify: (word: string) => string = (word) => word,
): readonly string[] {
  const wanted = normalize(simplify(typed));
  return words
    .map((word) => ({ word, near: nearness(wanted, normalize(simplify(word))) }))
    .filter(({ near }) => near >= NEAR)
    .sort((a, b) => b.near - a.near)
    .slice(0, most)
    .map(({ word }) => word);
}
