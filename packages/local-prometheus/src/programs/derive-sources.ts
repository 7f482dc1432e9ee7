const SUITE_LINE = /^Suites:.*$/m;
const DISABLED = /^Enabled:\s*(no|false|off|0)\s*$/im;

function deriveStanzas(content: string, from: string, to: string): readonly string[] {
  return content
    .split(/\n\s*\n/)
    .map((stanza) => stanza.replace(/^#.*\n?/gm, ""))
    .filter((stanza) => {
      const suites = SUITE_LINE.exec(stanza)?.[0].split(/\s+/) ?? [];
      return suites.includes(from) && /^Types:.*\bdeb\b/m.test(stanza) && !DISABLED.test(stanza);
    })
    .map((stanza) => stanza.replace(SUITE_LINE, `Suites: ${to}`).trim());
}

function deriveLines(content: string, from: string, to: string): readonly string[] {
  return content.split("\n").flatMap((line) => {
    const match = /^\s*deb\s+((?:\[[^\]]*\]\s+)?\S+)\s+(\S+)\s+(.+)$/.exec(line);
    return match?.[2] === from ? [`deb ${match[1]} ${to} ${match[3]}`] : [];
  });
}

/**
 * Rewrites the entries of an apt sources file that name one suite so that they name another one: same mirror, same
 * keys.
 *
 * @param file its name; `.sources` is the format with fields, `.list` the one with lines.
 * @returns the content of a file of the same format; `undefined` when no entry names the suite.
 */
export function deriveSources(file: string, content: string, from: string, to: string): string | undefined {
  const isFields = file.endsWith(".sources");
  const entries = (isFields ? deriveStanzas : deriveLines)(content, from, to);
  return entries.length === 0 ? undefined : `${entries.join(isFields ? "\n\n" : "\n")}\n`;
}
