import { markdownTable } from "@intercom-telemetry/guards/markdown";
import { FETCH_TOOLS } from "./candidates.ts";
import { type FetchRow, summarizeFetch } from "./fetch-scoreboard.ts";

/** The page of the docs. */
export function writeFetchPage(rows: readonly FetchRow[]): string {
  const scores = summarizeFetch(rows);
  const lines = rows.map(({ name, wrong }) => [
    name,
    ...FETCH_TOOLS.map((tool) => (wrong[tool] === undefined ? "yes" : "**no**")),
  ]);
  const totals = ["right of all", ...FETCH_TOOLS.map((tool) => `${scores[tool].right} of ${rows.length}`)];
  return `# Scoreboard

Written by \`npm run scoreboard -- --write\`. Each scenario is played bare and with each tool; the caller
must get the same value or error. What was recorded is compared with the simulator's ledger, as far as the
tool records it: ours the method, template, status, code and whether a retry can help; \`@opentelemetry/instrumentation-undici\`, alone or within
\`@opentelemetry/auto-instrumentations-node\`, and \`@vercel/otel\` the method and status; a wrapper that clones each
response also the code.

A body that breaks off ends its request without a status, as the caller sees it; a tool that writes down the status of its
headers is marked wrong. The others measure every host, which ours does not. Where a cell says yes for them, method and
status are right, and that may be all you need.

${markdownTable(["Scenario", ...FETCH_TOOLS], [...lines, totals])}
`;
}
