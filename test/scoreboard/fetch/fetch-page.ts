import { FETCH_TOOLS } from "./candidates.ts";
import { type FetchRow, summarizeFetch } from "./fetch-scoreboard.ts";

const cells = (values: readonly string[]): string => `| ${values.join(" | ")} |`;

/** The page of the docs. */
export function writeFetchPage(rows: readonly FetchRow[]): string {
  const scores = summarizeFetch(rows);
  return `# Scoreboard

Written by \`npm run scoreboard -- --write\`. Each scenario is played bare and with each tool; the caller must get the same
value or error, and what was recorded is compared with the simulator's ledger, as far as the tool records it: ours the
method, template, status, code and whether a retry can help; \`@opentelemetry/instrumentation-undici\` the method and status;
a wrapper that clones each response also the code.

${cells(["Scenario", ...FETCH_TOOLS])}
${cells(["---", ...FETCH_TOOLS.map(() => "---")])}
${rows.map(({ name, wrong }) => cells([name, ...FETCH_TOOLS.map((tool) => (wrong[tool] === undefined ? "yes" : "**no**"))])).join("\n")}
${cells(["right of all", ...FETCH_TOOLS.map((tool) => `${scores[tool].right} of ${rows.length}`)])}
`;
}
