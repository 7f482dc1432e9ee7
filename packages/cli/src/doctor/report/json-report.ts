import type { DoctorFacts } from "../checks/facts.ts";
import type { Diagnosis } from "../checks/run-checks.ts";

/** The report as one line of JSON: what the text says, with the figures. */
export function toJsonReport({ status, exitCode, findings }: Diagnosis, facts: DoctorFacts): string {
  const checkedAt = new Date(facts.epochSeconds * 1000).toISOString();
  return JSON.stringify({ status, exitCode, checkedAt, host: facts.baseUrl.host, findings });
}
