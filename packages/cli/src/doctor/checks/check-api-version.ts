import { nameOutcome } from "../../probe/name-outcome.ts";
import type { DoctorFacts } from "./facts.ts";
import { explainOutcome, type Finding, notChecked } from "./finding.ts";

/** Which version of the API responds. */
export function checkApiVersion({ me, requestedVersion }: DoctorFacts): Finding {
  if (!me?.response.arrived) return notChecked("api_version", "there is no response to read it from");
  const check = "api_version";
  if (me.outcome.error?.code === "intercom_version_invalid") {
    const summary = `Intercom responded ${nameOutcome(me.outcome)} to version ${requestedVersion ?? "of the app"}`;
    return { check, status: "failed", summary, ...explainOutcome(me.outcome) };
  }
  const { responseVersion } = me;
  const details = {
    ...(requestedVersion !== undefined && { requestedVersion }),
    ...(responseVersion !== undefined && { responseVersion }),
  };
  if (
    requestedVersion !== undefined &&
    responseVersion !== undefined &&
    requestedVersion !== responseVersion
  ) {
    const summary = `asked for ${requestedVersion}, responded in ${responseVersion}`;
    const action = "Check whether a proxy drops or changes the Intercom-Version header.";
    return { check, status: "warning", summary, action, details };
  }
  const asked = requestedVersion ?? responseVersion;
  const setting =
    "the version set on the app in the Developer Hub (none is asked for, and the response names none)";
  const inForce =
    requestedVersion === undefined && asked ? `${asked}, as set on the app` : (asked ?? setting);
  return { check, status: "ok", summary: `in force: ${inForce}`, details };
}
