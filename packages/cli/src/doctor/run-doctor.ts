import type { Clock } from "../probe/clock.ts";
import { toJsonReport } from "./report/json-report.ts";
import type { Report } from "./report/report.ts";
import { toTextReport } from "./report/text-report.ts";

/** How the report is given. */
export interface DoctorOutput {
  readonly json: boolean;
  readonly colored: boolean;
  /** Takes one report, without a line break at its end. */
  readonly print: (report: string) => void;
}

/** When to examine again, and until when. */
export interface DoctorSchedule {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Absent: once. */
  readonly watchSeconds?: number | undefined;
}

/**
 * Examines and reports, once or at an interval until the signal aborts.
 *
 * @returns the exit code of the last report; 1 when it was ended before there was one.
 */
export async function runDoctor(
  examine: () => Promise<Report>,
  output: DoctorOutput,
  { clock, signal, watchSeconds }: DoctorSchedule,
): Promise<Report["exitCode"]> {
  let exitCode: Report["exitCode"] = 1;
  do {
    const report = await examine();
    if (!signal.aborted) {
      output.print(output.json ? toJsonReport(report) : toTextReport(report, output.colored));
      exitCode = report.exitCode;
    }
    if (watchSeconds !== undefined) await clock.sleep(watchSeconds, signal);
  } while (watchSeconds !== undefined && !signal.aborted);
  return exitCode;
}
