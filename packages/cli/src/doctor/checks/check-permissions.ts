import type { AreaFacts } from "../../probe/areas.ts";
import { nameOutcome } from "../../probe/name-outcome.ts";
import type { DoctorFacts } from "./facts.ts";
import { explainOutcome, type Finding, notChecked } from "./finding.ts";

const isDenied = ({ outcome }: AreaFacts): boolean =>
  ["auth", "permission", "plan"].includes(outcome.error?.category ?? "");

const namesOf = (areas: readonly AreaFacts[]): readonly string[] => areas.map(({ area }) => area);

function judgeDenied(denied: AreaFacts, isNeeded: boolean): Finding {
  const { area, outcome } = denied;
  const explained = explainOutcome(outcome);
  const note = isNeeded ? " If the service does not need it, name what it needs with --needs." : "";
  return {
    check: "permissions",
    status: isNeeded ? "failed" : "warning",
    summary: `the token may not read ${area}: ${nameOutcome(outcome)}`,
    ...explained,
    action: `${explained.action}${note}`,
    details: { area },
  };
}

/**
 * What the token may read. An area that it may not is a failure when the service needs it; an area that responded
 * anything else than yes or no is not judged.
 */
export function checkPermissions({ areas, me, neededAreas }: DoctorFacts): readonly Finding[] {
  if (!areas) {
    const reason =
      me?.tokenVerdict === "accepted"
        ? "too little is left of the rate limit"
        : "Intercom has not accepted the token";
    return [notChecked("permissions", reason)];
  }
  const denied = areas.filter(isDenied);
  const readable = namesOf(areas.filter(({ outcome }) => !outcome.error));
  const unjudged = areas.filter((facts) => facts.outcome.error && !isDenied(facts));
  const findings = denied.map((facts) => judgeDenied(facts, neededAreas?.includes(facts.area) ?? true));
  const summary = `the token may read ${readable.join(", ") || "none of the areas asked for"}; writing is not tried`;
  const unclear = unjudged.map(({ area, outcome }) => `${area} responded ${nameOutcome(outcome)}`);
  return [
    { check: "permissions", status: "ok", summary, details: { readable } },
    ...findings,
    ...(unclear.length > 0 ? [notChecked("permissions", unclear.join(", "))] : []),
  ];
}
