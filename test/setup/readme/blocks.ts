/** A part of a Markdown file that a script writes: everything between its two markers. */
function pattern(name: string): RegExp {
  return new RegExp(`(<!-- generated: ${name} -->\\n)[\\s\\S]*?(<!-- end: ${name} -->)`);
}

/** The text between the markers. */
export function readBlock(text: string, name: string): string {
  const found = pattern(name).exec(text)?.[0];
  if (found === undefined) throw new Error(`expected the markers of ${name}`);
  return found.split("\n").slice(1, -1).join("\n");
}

/** The file with the text between the markers replaced. */
export function replaceBlock(text: string, name: string, content: string): string {
  readBlock(text, name);
  return text.replace(pattern(name), (_all, start: string, end: string) => `${start}${content}\n${end}`);
}
