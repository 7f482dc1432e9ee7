/** How a column is aligned. */
export type Alignment = "left" | "center" | "right";

const RULES: Readonly<Record<Alignment, string>> = { left: "---", center: ":---:", right: "---:" };

const line = (cells: readonly string[]): string =>
  `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;

/**
 * A Markdown table. Cells are not padded, so that a longer one changes one line only.
 *
 * @param alignments of the columns from the left; the rest are as the last one. Default left.
 */
export function markdownTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  alignments: readonly Alignment[] = ["left"],
): string {
  const rules = head.map((_, column) => RULES[alignments[column] ?? alignments.at(-1) ?? "left"]);
  return [line(head), `| ${rules.join(" | ")} |`, ...rows.map(line)].join("\n");
}
