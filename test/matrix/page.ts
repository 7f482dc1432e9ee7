import { markdownTable } from "@intercom-telemetry/guards/markdown";
import type { BundlerResult } from "../bundled/run-bundlers.ts";
import { createRows, isPossible, NODE_VERSIONS, type Row, TYPED_AXIOS, TYPESCRIPT_VERSIONS } from "./rows.ts";
import type { RowResult } from "./run-rows.ts";
import type { TypesResult } from "./run-types.ts";

/** The parts of a row that a line of the table is about: all but Node and the module system. */
const beside = ({ axios, axiosRetry, promClient, openTelemetry }: Row): string[] => [
  axios,
  axiosRetry,
  promClient,
  openTelemetry,
];

function cellOf(results: readonly RowResult[], line: readonly string[], node: string): string {
  const result = results.find(({ row }) => row.node === node && beside(row).join() === line.join());
  if (!result) return isPossible({ node, openTelemetry: line[3] as Row["openTelemetry"] }) ? "not run" : "–";
  return result.problem === undefined ? result.row.module.toUpperCase() : "**fails**";
}

function runtimeTable(results: readonly RowResult[]): string {
  const lines = [...new Map(createRows().map((row) => [beside(row).join(), beside(row)])).values()];
  const head = [
    "axios",
    "axios-retry",
    "prom-client",
    "OpenTelemetry",
    ...NODE_VERSIONS.map((node) => `Node ${node}`),
  ];
  return markdownTable(
    head,
    lines.map((line) => [...line, ...NODE_VERSIONS.map((node) => cellOf(results, line, node))]),
  );
}

function typesTable(results: readonly TypesResult[]): string {
  const head = ["TypeScript", ...TYPED_AXIOS.map(({ axios }) => `beside axios ${axios}`)];
  return markdownTable(
    head,
    TYPESCRIPT_VERSIONS.map((version) => [
      version,
      ...TYPED_AXIOS.map(({ axios, modules }) => {
        const result = results.find((each) => each.axios === axios && each.typescript === version);
        if (!result) return "not run";
        return result.problem === undefined ? modules.join(", ").toUpperCase() : "**fails**";
      }),
    ]),
  );
}

const bundlersTable = (results: readonly BundlerResult[]): string =>
  markdownTable(
    ["Bundled with", "Requests"],
    results.map(({ name, facts, problem }) => [
      name,
      problem === undefined ? facts.replace(/,.*/, "") : "**fails**",
    ]),
  );

/** The page of the docs. `date` is the day of the run. */
export function renderPage(
  date: string,
  rows: readonly RowResult[],
  types: readonly TypesResult[],
  bundlers: readonly BundlerResult[],
): string {
  return `# Compatibility

Written by \`npm run matrix\`, last on ${date}. Each cell is one run of the packed packages in an empty
project, under the module system it names. A run has a success, a 429 with a retry, a 404, an HTML 502, a
timeout and a dropped connection. The simulator's ledger has to agree with the spans and the counters to the
last request.

Every axios runs with every OpenTelemetry on every Node; the other parts take turns so that every two versions of two
parts meet. OpenTelemetry's SDK 3 needs Node 22.15 or newer. The row of axios 1.0.0 is without the retry: before axios 1.2,
axios itself refuses the configuration of a failed request ("Invalid character in header content").

${runtimeTable(rows)}

Types, with \`module: nodenext\` (before 1.0, axios itself has none for ES modules):

${typesTable(types)}

Bundlers: a service with its dependencies as one deployment without \`node_modules\`, its requests beside the ledger:

${bundlersTable(bundlers)}

What reads the metrics, Prometheus, Alertmanager and VictoriaMetrics, has its own run: \`npm run matrix:monitoring\`.
`;
}
