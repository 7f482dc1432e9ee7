import type { StatusPageProblem } from "../../probe/status-page.ts";
import type {
  PlatformComponent,
  PlatformIncident,
  PlatformStatus,
  PlatformSummary,
} from "../../probe/status-summary.ts";
import type { DoctorFacts } from "./facts.ts";
import type { Finding, FindingStatus } from "./finding.ts";

const SEVERITIES: Readonly<Record<PlatformStatus, FindingStatus>> = {
  unknown: "warning",
  operational: "ok",
  under_maintenance: "warning",
  degraded_performance: "warning",
  partial_outage: "failed",
  major_outage: "failed",
};

const IMPACTS: Readonly<Record<PlatformIncident["impact"], FindingStatus>> = {
  none: "warning",
  minor: "warning",
  major: "failed",
  critical: "failed",
  unknown: "warning",
};

const ACTION = "Follow https://status.intercom.com; let retries back off, and hold jobs that can wait.";

function describeProblem(problem: StatusPageProblem): string {
  if (problem.kind === "no_response") return `no response (${problem.code})`;
  return problem.kind === "status" ? `it responded ${problem.status}` : problem.kind.replaceAll("_", " ");
}

function judgeIncident({ name, impact }: PlatformIncident): Finding {
  const summary = `open incident (impact ${impact}): ${name}`;
  return { check: "platform", status: IMPACTS[impact], summary, action: ACTION, details: { impact } };
}

function judgeComponent({ name, status, region }: PlatformComponent): Finding {
  const place = region ? ` (${region.toUpperCase()})` : "";
  const summary = `${name}${place}: ${status.replaceAll("_", " ")}`;
  const details = { component: name, platformStatus: status, ...(region && { region }) };
  return { check: "platform", status: SEVERITIES[status], summary, action: ACTION, details };
}

/** Trouble in another region does not concern this token. */
const concerns = ({ region }: PlatformComponent, own: DoctorFacts["configuredRegion"]): boolean =>
  !region || !own || region === own;

function judgeQuiet({ components, overall }: PlatformSummary, isTroubledElsewhere: boolean): Finding {
  const details = { components: components.length, platformStatus: overall };
  if (isTroubledElsewhere || overall === "operational") {
    const summary = `status page: no open incident, nothing wrong${isTroubledElsewhere ? " in this region" : ""}`;
    return { check: "platform", status: "ok", summary, details };
  }
  const summary = `status page: ${overall.replaceAll("_", " ")}`;
  return { check: "platform", status: SEVERITIES[overall], summary, action: ACTION, details };
}

function judgeSummary(summary: PlatformSummary, own: DoctorFacts["configuredRegion"]): readonly Finding[] {
  const troubled = summary.components.filter(({ status }) => status !== "operational");
  const ours = troubled.filter((component) => concerns(component, own));
  const findings = [...summary.incidents.map(judgeIncident), ...ours.map(judgeComponent)];
  return findings.length > 0 ? findings : [judgeQuiet(summary, troubled.length > 0)];
}

/** What Intercom's status page says. When it says nothing, nothing is known: that does not mean an outage. */
export function checkPlatform({ platform, configuredRegion }: DoctorFacts): readonly Finding[] {
  if (platform.known) return judgeSummary(platform.summary, configuredRegion);
  const summary = `Intercom's status is unknown, the status page could not be read: ${describeProblem(platform.problem)}`;
  const action = "Open https://status.intercom.com in a browser.";
  return [{ check: "platform", status: "warning", summary, action }];
}
