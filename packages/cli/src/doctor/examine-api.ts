import type { ProbeContext } from "../probe/http-get.ts";
import { runChecks } from "./checks/run-checks.ts";
import { collectFacts, type DoctorSubject } from "./collect-facts.ts";
import { describeVerdict } from "./report/describe-verdict.ts";
import type { Report } from "./report/report.ts";

/** Examines the connection to Intercom. */
export async function examineApi(subject: DoctorSubject, context: ProbeContext): Promise<Report> {
  const facts = await collectFacts(subject, context);
  const { responded, ...diagnosis } = runChecks(facts);
  return {
    ...diagnosis,
    epochSeconds: facts.epochSeconds,
    host: facts.baseUrl.host,
    verdict: responded
      ? describeVerdict(diagnosis.exitCode)
      : "Intercom did not respond: the rest could not be checked.",
  };
}
