const markersOf = (name: string): readonly [start: string, end: string] => [
  `<!-- generated: ${name} -->`,
  `<!-- end of generated: ${name} -->`,
];

interface Split {
  readonly before: string;
  readonly content: string;
  readonly after: string;
}

/** @throws Error when the markers are not there exactly once and in order. */
function splitAt(markdown: string, name: string): Split {
  const [start, end] = markersOf(name);
  const [before, rest, ...more] = markdown.split(start);
  const [content, after, ...evenMore] = (rest ?? "").split(end);
  if (
    before === undefined ||
    content === undefined ||
    after === undefined ||
    more.length + evenMore.length > 0
  )
    throw new Error(`expected one ${start} followed by one ${end}`);
  return { before, content, after };
}

/** What is between the two markers of a generated part. */
export const readBlock = (markdown: string, name: string): string => splitAt(markdown, name).content.trim();

/** The Markdown with other content between the two markers of a generated part. */
export function replaceBlock(markdown: string, name: string, content: string): string {
  const { before, after } = splitAt(markdown, name);
  const [start, end] = markersOf(name);
  return `${before}${start}\n\n${content.trim()}\n\n${end}${after}`;
}

/** The Markdown without markers, which are for the generator and not for readers. */
export const withoutMarkers = (markdown: string): string =>
  markdown.replace(/<!-- (end of )?generated: [\w ]+ -->\n\n?/g, "");
