import { INTERCOM_HOSTS, type IntercomRegion } from "@intercom-telemetry/core/facts";
import type { DoctorFacts } from "./facts.ts";
import { type Finding, notChecked } from "./finding.ts";

const nameRegion = (region: IntercomRegion): string => region.toUpperCase();
const hostOf = (region: IntercomRegion): string =>
  INTERCOM_HOSTS.find((entry) => entry.region === region)?.host ?? region;

function judgeRefused(configured: IntercomRegion, others: NonNullable<DoctorFacts["otherRegions"]>): Finding {
  const home = [...others].find(([, accepted]) => accepted)?.[0];
  if (home) {
    return {
      check: "region",
      status: "failed",
      summary: `the token belongs to ${nameRegion(home)}, not to ${nameRegion(configured)}`,
      cause: "Each region knows only the tokens of its own workspaces.",
      action: `Set the base URL to https://${hostOf(home)}.`,
      details: { configuredRegion: configured, tokenRegion: home },
    };
  }
  const silent = [...others]
    .filter(([, accepted]) => accepted === undefined)
    .map(([region]) => nameRegion(region));
  if (silent.length > 0) return notChecked("region", `no verdict from ${silent.join(" and ")}`);
  return {
    check: "region",
    status: "ok",
    summary: "not the reason: every region refuses the token",
    details: { configuredRegion: configured },
  };
}

/** Is the API of the token's own region asked. */
export function checkRegion({ configuredRegion, me, otherRegions, baseUrl }: DoctorFacts): Finding {
  if (!configuredRegion)
    return notChecked("region", `${baseUrl.host} is not one of Intercom's regional hosts`);
  if (me?.tokenVerdict === "refused" && otherRegions) return judgeRefused(configuredRegion, otherRegions);
  if (me?.tokenVerdict !== "accepted") return notChecked("region", "Intercom has not accepted the token");
  const details = { configuredRegion };
  const { workspaceRegion } = me;
  if (workspaceRegion && workspaceRegion !== configuredRegion) {
    return {
      check: "region",
      status: "warning",
      summary: `${nameRegion(configuredRegion)} accepts the token, but the workspace is in ${nameRegion(workspaceRegion)}`,
      action: `Set the base URL to https://${hostOf(workspaceRegion)}.`,
      details: { ...details, tokenRegion: workspaceRegion },
    };
  }
  const summary = `${nameRegion(configuredRegion)} is the region of the token`;
  return { check: "region", status: "ok", summary, details: { ...details, tokenRegion: configuredRegion } };
}
