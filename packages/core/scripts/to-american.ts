/** The data is in British English, with other terms than the glossary's. Only sentences are translated, never codes or paths. */
const AMERICAN: Readonly<Record<string, string>> = {
  catalogue: "catalog",
  serialise: "serialize",
  authoris: "authoriz",
  anew: "again",
  answer: "return",
  route: "operation",
};
const BRITISH = new RegExp(`\\b(re-)?(${Object.keys(AMERICAN).join("|")})`, "gi");

/** A sentence of the data in American English. */
export function toAmerican(text: string): string {
  return text.replace(BRITISH, (_match, prefix = "", word: string) => {
    const american = AMERICAN[word.toLowerCase()] ?? word;
    const capital = /^[A-Z]/.test(word);
    return prefix + (capital ? american[0]?.toUpperCase() + american.slice(1) : american);
  });
}
