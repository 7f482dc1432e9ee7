/**
 * Text that a server sent, made fit for a terminal, a log line or a label: no control, format or other invisible
 * characters, no runs of white space, and bounded.
 */
export function toPrintable(text: string, maxCharacters = 80): string {
  const clean = text
    .slice(0, maxCharacters * 4)
    .replace(/[\p{C}\p{Z}]+/gu, " ")
    .trim();
  const characters = [...clean];
  return characters.length > maxCharacters ? `${characters.slice(0, maxCharacters - 1).join("")}…` : clean;
}
