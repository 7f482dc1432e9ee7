import { PROBE_PHASES } from "@intercom-telemetry/core/contract";
import type { ErrorCategory } from "@intercom-telemetry/core/facts";
import { nameOutcome } from "../../probe/name-outcome.ts";
import type { PhaseSeconds } from "../../probe/phases.ts";
import type { DoctorFacts } from "./facts.ts";
import { explainOutcome, type Finding, notChecked } from "./finding.ts";

/** Failures that another check reports. */
const OWNED_ELSEWHERE: readonly ErrorCategory[] = ["auth", "permission", "plan", "rate_limit"];

const toMilliseconds = (seconds: number): string => `${Math.round(seconds * 1000)} ms`;

function describePhases(phases: PhaseSeconds): string {
  const timed = PROBE_PHASES.flatMap((phase) => {
    const seconds = phases[phase];
    return seconds === undefined ? [] : [`${phase.replace("_", " ")} ${toMilliseconds(seconds)}`];
  });
  return timed.join(", ");
}

function detailPhases(phases: PhaseSeconds): Readonly<Record<string, number>> {
  return Object.fromEntries(
    Object.entries(phases).map(([phase, seconds]) => [
      `${phase.replace(/_(\w)/, (_, letter: string) => letter.toUpperCase())}Seconds`,
      Math.round(seconds * 1e6) / 1e6,
    ]),
  );
}

/** Whether a response came, from Intercom itself, and where did the time go. */
export function checkConnection({ me, baseUrl }: DoctorFacts): Finding {
  if (!me) return notChecked("connection", "there is no token to ask with");
  const { response, outcome } = me;
  const details = { host: baseUrl.host, ...detailPhases(response.phases) };
  const finding = { check: "connection" as const, details };
  if (!response.arrived) {
    const summary = `no response from ${baseUrl.host}: ${nameOutcome(outcome)}`;
    return { ...finding, status: "failed", summary, ...explainOutcome(outcome) };
  }
  if (me.isImpostor) {
    const summary = `${baseUrl.host} responded ${response.status}, but not as Intercom's API does`;
    const cause =
      "Something between here and Intercom responds in its place, or the base URL is not the API's.";
    const action = "Check the base URL, then proxy and captive portal.";
    return { ...finding, status: "failed", summary, cause, action };
  }
  const { error } = outcome;
  if (error && !OWNED_ELSEWHERE.includes(error.category) && error.code !== "intercom_version_invalid") {
    const summary = `${baseUrl.host} responded ${nameOutcome(outcome)}`;
    return { ...finding, status: "failed", summary, ...explainOutcome(outcome) };
  }
  const summary = `${baseUrl.host} responds: ${describePhases(response.phases)}`;
  return { ...finding, status: "ok", summary };
}
