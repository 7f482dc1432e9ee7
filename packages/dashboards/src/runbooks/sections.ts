/** The parts of a runbook that are written by the generator. */
export const GENERATED_PARTS = ["facts", "queries", "actions", "tuning"] as const;

/** Name of a generated part. */
export type GeneratedPart = (typeof GENERATED_PARTS)[number];

const marker = (part: GeneratedPart): readonly [string, string] => [
  `<!-- generated: ${part} -->`,
  `<!-- end of generated: ${part} -->`,
];

/**
 * Puts generated text between a part's two markers.
 *
 * @throws Error when the markers are not there exactly once and in order.
 */
export function replacePart(markdown: string, part: GeneratedPart, text: string): string {
  const [start, end] = marker(part);
  const [before, rest, ...more] = markdown.split(start);
  const [, after, ...evenMore] = (rest ?? "").split(end);
  if (before === undefined || after === undefined || more.length > 0 || evenMore.length > 0) {
    throw new Error(`expected one ${start} followed by one ${end}`);
  }
  return `${before}${start}\n\n${text.trim()}\n\n${end}${after}`;
}
