import type { DrillResult, TimeLine } from "./play-drill.ts";
import type { RunReport } from "./run-drills.ts";

const STEPS: readonly (readonly [keyof TimeLine, string])[] = [
  ["pending", "pending"],
  ["firing", "firing"],
  ["delivered", "delivered"],
  ["faultEnded", "fault over"],
  ["resolved", "resolved"],
  ["resolvedDelivered", "delivered"],
];

/** The time line in the order of time, in seconds after the fault began. */
export function describeResult({ alert, fault, timeLine, problem }: DrillResult): string {
  const began = timeLine.faultBegan ?? 0;
  const steps = STEPS.flatMap(([mark, word]) => {
    const at = timeLine[mark];
    return at === undefined ? [] : [{ at, text: `${word} ${(at - began).toFixed(1)} s` }];
  });
  const line = steps
    .sort((left, right) => left.at - right.at)
    .map(({ text }) => text)
    .join(" -> ");
  const verdict = problem === undefined ? "ok    " : "FAILED";
  return `${verdict} ${alert}: ${fault}\n       ${line}${problem === undefined ? "" : `\n       ${problem}`}`;
}

/** What nothing but the silence shows. */
export function describeQuiet({ quiet, failingRules }: RunReport): string {
  const lines = failingRules.map((rule) => `FAILED rule ${rule}`);
  if (quiet) {
    const traffic = Object.entries(quiet.traffic).map(([kind, count]) => `${kind}: ${count}`);
    const noise = quiet.noise.length === 0 ? "" : `; fired: ${quiet.noise.join(", ")}`;
    lines.unshift(`${quiet.quiet ? "ok    " : "FAILED"} quiet: ${traffic.join(", ")}${noise}`);
  }
  return lines.join("\n");
}

/** The last line of `--json`. `quiet` is there when the quiet drill was played. */
export function summarize({ results, quiet }: RunReport): Readonly<Record<string, number | boolean>> {
  return {
    alerts: results.length,
    fired: results.filter(({ fired }) => fired).length,
    resolved: results.filter(({ resolved }) => resolved).length,
    ...(quiet ? { quiet: quiet.quiet } : {}),
  };
}

/** Whether everything went as it should. */
export function isGood({ results, quiet, failingRules }: RunReport): boolean {
  const played = results.every(({ problem }) => problem === undefined);
  return played && quiet?.quiet !== false && failingRules.length === 0;
}
