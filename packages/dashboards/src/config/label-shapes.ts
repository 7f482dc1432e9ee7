import { METRICS } from "@intercom-telemetry/core/contract";
import { convert, refine, type Shape, secret } from "@intercom-telemetry/guards/shape";
import type { ResolvedConfig } from "./options.ts";
import { strings } from "./strings.ts";

const MATCHER = /^\s*([a-zA-Z_]\w*)\s*(=~|!~|!=|=)\s*("(?:[^"\\]|\\.)*")\s*(?:,|$)/;
// Labels that the queries group by or drop on purpose.
const OWN_LABELS: readonly string[] = [
  ...new Set([
    ...Object.values(METRICS).flatMap(({ labels }) => labels),
    "job",
    "instance",
    "le",
    "severity",
  ]),
];

/** @returns the matchers; `undefined` when they are not matchers. */
function parseMatchers(selector: string): readonly string[] | undefined {
  const matchers: string[] = [];
  let rest = selector;
  while (rest.trim() !== "") {
    const match = MATCHER.exec(rest);
    if (!match) return undefined;
    matchers.push(`${match[1]}${match[2]}${match[3]}`);
    rest = rest.slice(match[0].length);
  }
  return matchers;
}

/** Label matchers, each on its own afterwards. */
export const SELECTOR: Shape<readonly string[]> = convert(
  secret(
    'label matchers such as namespace="shop",cluster=~"eu-.*"',
    (selector) => parseMatchers(selector) !== undefined,
  ),
  parseMatchers,
);

/** The labels that are kept beside `client`. */
export const GROUP_LABELS: Shape<readonly string[]> = refine(
  strings("a label name", /^[a-zA-Z_][a-zA-Z0-9_]*$/),
  (labels, path, report) => {
    const taken = labels.find((label) => OWN_LABELS.includes(label));
    if (taken !== undefined)
      report([...path, labels.indexOf(taken)], `expected a label that your scrape adds, got ${taken}`);
  },
);

/** Job names, also those that OpenTelemetry's service names give; none that has to be escaped in a string of PromQL. */
export const JOBS: Shape<readonly string[]> = strings(
  "a job name without quotes, backslashes, $ and control characters",
  /^(?=\s*\S)[^"'`\\$\p{Cc}]*$/u,
);

/** A job that has to be there cannot be one that need not. */
export function refineJobs(shape: Shape<ResolvedConfig>): Shape<ResolvedConfig> {
  return refine(shape, ({ expectedJobs, batchJobs }, path, report) => {
    const both = batchJobs.findIndex((job) => expectedJobs.includes(job));
    if (both >= 0)
      report([...path, "batchJobs", both], "expected a job that is not in expectedJobs, got one that is");
  });
}
