/** A source of numbers from 0 to 1, 1 excluded. */
export type Random = () => number;

/** A generator that gives the same numbers for the same seed (the public-domain mulberry32 recurrence). */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789";

/** Lower-case letters and digits. Recorded request ids of Intercom are 20 of them. */
export function randomWord(random: Random, characters: number): string {
  let word = "";
  while (word.length < characters) word += ALPHABET[Math.floor(random() * ALPHABET.length)];
  return word;
}

/** Lower-case hexadecimal digits: the form of Intercom's contact and company ids. */
export function randomHex(random: Random, digits: number): string {
  let word = "";
  while (word.length < digits) word += Math.floor(random() * 16).toString(16);
  return word;
}
