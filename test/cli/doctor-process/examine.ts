import { expect } from "vitest";
import type {
  TelemetryCheck,
  TelemetryFinding,
} from "../../../packages/cli/src/doctor/process/checks/finding.ts";
import { runCli } from "../command-line.ts";

/** What doctor says of a page or store. */
export interface Examination {
  readonly exitCode: number;
  readonly text: string;
  readonly findings: readonly TelemetryFinding[];
  readonly find: (check: TelemetryCheck) => TelemetryFinding | undefined;
  /** The checks that somebody has to do something about. */
  readonly failed: readonly TelemetryCheck[];
}

/** Runs `doctor --json`, then what is true of every report is held; the text has the same. */
export async function examine(args: readonly string[]): Promise<Examination> {
  const { exitCode, out } = await runCli(["doctor", "--json", ...args]);
  const report = JSON.parse(out);
  const findings: readonly TelemetryFinding[] = report.findings;
  const failed = findings.filter(({ status }) => status === "failed");
  expect(report.exitCode).toBe(exitCode);
  expect(exitCode).toBe(failed.length > 0 ? 1 : 0);
  for (const { action, cause } of failed) expect([action, cause].every(Boolean)).toBe(true);
  const forPeople = await runCli(["doctor", ...args]);
  return {
    exitCode,
    text: forPeople.out,
    findings,
    find: (check) => findings.find((each) => each.check === check),
    failed: failed.map(({ check }) => check),
  };
}
