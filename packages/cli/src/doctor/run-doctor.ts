import type { ProbeContext } from "../probe/http-get.ts";
import { type Diagnosis, runChecks } from "./checks/run-checks.ts";
import { collectFacts, type DoctorSubject } from "./collect-facts.ts";
import { toJsonReport } from "./report/json-report.ts";
import { toTextReport } from "./report/text-report.ts";

/** How the report is given. */
export interface DoctorOutput {
  readonly json: boolean;
  readonly colored: boolean;
  /** Takes one report, without a line break at its end. */
  readonly print: (report: string) => void;
}

async function examine(
  subject: DoctorSubject,
  context: ProbeContext,
  output: DoctorOutput,
): Promise<Diagnosis["exitCode"] | undefined> {
  const facts = await collectFacts(subject, context);
  if (context.signal?.aborted) return undefined;
  const diagnosis = runChecks(facts);
  output.print(output.json ? toJsonReport(diagnosis, facts) : toTextReport(diagnosis, output.colored));
  return diagnosis.exitCode;
}

/**
 * Examines and reports, once or at an interval until the context's signal aborts.
 *
 * @returns the exit code of the last report; 1 when it was ended before there was one.
 */
export async function runDoctor(
  subject: DoctorSubject,
  context: ProbeContext,
  output: DoctorOutput,
  watchSeconds: number | undefined,
): Promise<Diagnosis["exitCode"]> {
  const signal = context.signal ?? new AbortController().signal;
  let exitCode: Diagnosis["exitCode"] = 1;
  do {
    exitCode = (await examine(subject, context, output)) ?? exitCode;
    if (watchSeconds !== undefined) await context.clock.sleep(watchSeconds, signal);
  } while (watchSeconds !== undefined && !signal.aborted);
  return exitCode;
}
