import { METRICS } from "@intercom-telemetry/core/contract";
import { checkText, checkTexts, refuse } from "./checks.ts";

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

/** Reads label matchers, each on its own afterwards. */
export function resolveSelector(value: unknown): readonly string[] {
  const expected = 'label matchers such as namespace="shop",cluster=~"eu-.*"';
  let rest = checkText("selector", value, "", /^/, expected);
  const matchers: string[] = [];
  while (rest.trim() !== "") {
    const match = MATCHER.exec(rest);
    if (!match) refuse("selector", expected, value);
    matchers.push(`${match[1]}${match[2]}${match[3]}`);
    rest = rest.slice(match[0].length);
  }
  return matchers;
}

/** Checks the labels that are kept beside `client`. */
export function resolveGroupLabels(value: unknown): readonly string[] {
  const labels = checkTexts("groupLabels", value, [], /^[a-zA-Z_][a-zA-Z0-9_]*$/, "a label name");
  const taken = labels.find((label) => OWN_LABELS.includes(label));
  if (taken !== undefined) refuse("groupLabels", "labels that your scrape adds, not one of ours", taken);
  return labels;
}

// Job names go into regular expressions as they are.
const JOB_NAME = /^[a-zA-Z0-9_/-]+$/;

/** Checks the jobs that must be there and those that need not. */
export function resolveJobs(
  expected: unknown,
  batch: unknown,
): { readonly expectedJobs: readonly string[]; readonly batchJobs: readonly string[] } {
  const words = "a job name of letters, digits, -, _ and /";
  const expectedJobs = checkTexts("expectedJobs", expected, [], JOB_NAME, words);
  const batchJobs = checkTexts("batchJobs", batch, [], JOB_NAME, words);
  const both = batchJobs.find((job) => expectedJobs.includes(job));
  if (both !== undefined) refuse("batchJobs", "jobs that are not in expectedJobs", both);
  return { expectedJobs, batchJobs };
}
