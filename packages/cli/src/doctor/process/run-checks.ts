import { worstStatus } from "../checks/finding.ts";
import { describeVerdict } from "../report/describe-verdict.ts";
import type { Report } from "../report/report.ts";
import { checkClient } from "./checks/check-client.ts";
import { checkCounters } from "./checks/check-counters.ts";
import { checkHistograms } from "./checks/check-histograms.ts";
import { checkInstance } from "./checks/check-instance.ts";
import { checkLabels } from "./checks/check-labels.ts";
import { checkPipelines } from "./checks/check-pipelines.ts";
import { checkReading, type Source } from "./checks/check-reading.ts";
import { checkRecording } from "./checks/check-recording.ts";
import { checkOperations, checkRequests } from "./checks/check-requests.ts";
import { checkRules } from "./checks/check-rules.ts";
import { checkScrapes } from "./checks/check-scrapes.ts";
import type { TelemetryFinding } from "./checks/finding.ts";
import type { Reading, TelemetryFacts } from "./facts.ts";

function judgeStore(facts: TelemetryFacts): readonly TelemetryFinding[] {
  const { store, falling } = facts;
  const counters = [checkCounters(facts), checkPipelines(facts)];
  if (!store) return counters;
  return [checkInstance(store, falling), ...counters, checkRules(store), checkScrapes(store)];
}

/** Without a client there is nothing more to judge. */
function judge(facts: TelemetryFacts): readonly TelemetryFinding[] {
  const client = checkClient(facts);
  if (client.status === "failed") return [client];
  return [
    client,
    checkRequests(facts),
    ...(facts.requests > 0 ? [checkOperations(facts), checkHistograms(facts)] : []),
    checkRecording(facts),
    checkLabels(facts),
    ...judgeStore(facts),
  ];
}

/** Judges what was read of a page or store. Pure. */
export function judgeReading(
  reading: Reading,
  source: Source,
): Pick<Report, "status" | "exitCode" | "verdict"> & { readonly findings: readonly TelemetryFinding[] } {
  if (!reading.read) {
    const findings = [checkReading(reading.problem, source)];
    const verdict = "There was nothing to read: the rest could not be checked.";
    return { status: "failed", exitCode: 1, verdict, findings };
  }
  const findings = [checkReading(undefined, source), ...judge(reading.facts)];
  const status = worstStatus(findings);
  const exitCode = status === "failed" ? 1 : 0;
  return { status, exitCode, verdict: describeVerdict(exitCode), findings };
}
