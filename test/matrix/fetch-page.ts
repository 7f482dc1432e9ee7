import { markdownTable } from "@intercom-telemetry/guards/markdown";
import type { FetchResult } from "./run-fetch.ts";

/** The page of the docs. `date` is the day of the run. */
export function renderFetchPage(date: string, results: readonly FetchResult[]): string {
  const rows = results.map(({ runtime: { name, version }, problem }) => [
    `${name} ${version}`,
    problem === undefined ? "as it should" : "**fails**",
  ]);
  return `# Compatibility

Written by \`npm run matrix\`, last on ${date}. Each line is one run of the packed packages in an empty
project, bare and recorded, against the simulator. It has successes, failures read in every way and not read
at all, pages of gateways, a cut body, a time limit, an abort and a refused connection. It also has retries,
the global fetch, and the official SDK 7.

${markdownTable(["Runtime", "Result"], rows)}

workerd without \`nodejs_compat\` is checked by \`npm run test:bundled\`.
`;
}
