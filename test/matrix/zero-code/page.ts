import { BEFORE, SETUPS, THROUGH } from "./rows.ts";
import type { ZeroCodeResult } from "./run-zero-code.ts";

const cells = (values: readonly string[]): string => `| ${values.join(" | ")} |`;

function cellOf(results: readonly ZeroCodeResult[]): string {
  if (results.length === 0) return "–";
  const isGood = results.every(({ problem }) => problem === undefined);
  return isGood ? [...new Set(results.map(({ row }) => row.module.toUpperCase()))].join(", ") : "**fails**";
}

/** The page of the docs. `date` is the day of the run. */
export function renderZeroCodePage(date: string, results: readonly ZeroCodeResult[]): string {
  const nodes = [...new Set(SETUPS.flatMap((setup) => setup.nodes))];
  const lines = SETUPS.flatMap(({ name }) =>
    BEFORE.flatMap((before) =>
      THROUGH.map((through) => {
        const own = results.filter(
          ({ row }) => row.setup === name && row.before === before && row.through.includes(through),
        );
        const byNode = nodes.map((node) => cellOf(own.filter(({ row }) => row.node === node)));
        return own.length === 0 ? [] : [name, before, through, ...byNode];
      }),
    ),
  ).filter((line) => line.length > 0);
  const head = ["OpenTelemetry", "loaded, in this order", "through", ...nodes.map((node) => `Node ${node}`)];
  return `# Compatibility

Written by \`npm run matrix\`, last on ${date}. Each cell is a program that knows nothing of us, with the packed packages in an
empty project, under the module systems that it names. The page of metrics has to agree with the simulator's ledger to the last
request, and so have the spans where an SDK is loaded. Where we are loaded alone, nothing may be on standard error.
"auto" is \`@opentelemetry/auto-instrumentations-node/register\`; the newer one needs Node 22.15.

${[head, head.map(() => "---"), ...lines].map(cells).join("\n")}
`;
}
