import { FETCH_TOOLS } from "./candidates.ts";
import { type FetchRow, summarizeFetch } from "./fetch-scoreboard.ts";

const cells = (values: readonly string[]): string => `| ${values.join(" | ")} |`;

/** The page of the docs. */
export function writeFetchPage(rows: readonly FetchRow[]): string {
  const scores = summarizeFetch(rows);
  return `# Scoreboard

Written by \`npm run scoreboard -- --write\`. Each scenario is played bare and with each tool; the caller must get the same
value or error, and what was recorded is compared with the simulator's ledger, as far as the tool records it: ours the
method, template, status, code and whether a retry can help; \`@opentelemetry/instrumentation-undici\`, alone or within
\`@opentelemetry/auto-instrumentations-node\`, and \`@vercel/otel\` the method and status; a wrapper that clones each
response also the code.

A body that breaks off ends its request without a status, as the caller sees it; a tool that writes down the status of its
headers is marked wrong. The others measure every host, which ours does not. Where a cell says yes for them, method and
status are right, and that may be all you need.

${cells(["Scenario", ...FETCH_TOOLS])}
${cells(["---", ...FETCH_TOOLS.map(() => "---")])}
${rows.map(({ name, wrong }) => cells([name, ...FETCH_TOOLS.map((tool) => (wrong[tool] === undefined ? "yes" : "**no**"))])).join("\n")}
${cells(["right of all", ...FETCH_TOOLS.map((tool) => `${scores[tool].right} of ${rows.length}`)])}
`;
}
