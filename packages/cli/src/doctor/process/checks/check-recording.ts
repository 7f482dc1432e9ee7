import { FAILURE_STAGES } from "@intercom-telemetry/core/contract";
import type { TelemetryFacts } from "../facts.ts";
import type { TelemetryFinding } from "./finding.ts";

const OWN_STAGE = "on_outcome";

/** Whether the instrumentation itself fails. */
export function checkRecording({ failuresByStage }: TelemetryFacts): TelemetryFinding {
  const stages = FAILURE_STAGES.filter((stage) => (failuresByStage.get(stage) ?? 0) > 0);
  if (stages.length === 0) {
    return { check: "recording", status: "ok", summary: "no failure of the instrumentation is counted" };
  }
  const counted = stages.map((stage) => `${stage} ${failuresByStage.get(stage)}`).join(", ");
  const isOwn = stages.every((stage) => stage === OWN_STAGE);
  return {
    check: "recording",
    status: "failed",
    summary: `failures of the instrumentation are counted: ${counted}`,
    cause: isOwn
      ? "Your function onOutcome throws; callers do not notice."
      : "The instrumentation could not record some requests; callers did not notice.",
    action: isOwn
      ? "Find the error in the process's warnings, and correct the function."
      : "Find the error in the process's warnings, and report it with the stage and the version.",
    details: { failures: stages.map((stage) => `${stage}=${failuresByStage.get(stage)}`) },
  };
}
