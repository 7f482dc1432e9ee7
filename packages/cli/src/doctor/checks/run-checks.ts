import { checkApiVersion } from "./check-api-version.ts";
import { checkClock } from "./check-clock.ts";
import { checkConnection } from "./check-connection.ts";
import { checkPermissions } from "./check-permissions.ts";
import { checkPlatform } from "./check-platform.ts";
import { checkProxy } from "./check-proxy.ts";
import { checkRateLimit } from "./check-rate-limit.ts";
import { checkRegion } from "./check-region.ts";
import { checkToken } from "./check-token.ts";
import type { DoctorFacts } from "./facts.ts";
import { type Finding, type FindingStatus, worstStatus } from "./finding.ts";

/** The judged facts of one examination. */
export interface Diagnosis {
  /** The worst of the findings. */
  readonly status: FindingStatus;
  /** 0: healthy, warnings included. 1: a problem was found. */
  readonly exitCode: 0 | 1;
  /** `false` when Intercom was asked and did not respond, so that the rest could not be checked. */
  readonly responded: boolean;
  readonly findings: readonly Finding[];
}

/** Judges the facts. Pure. */
export function runChecks(facts: DoctorFacts): Diagnosis {
  const findings = [
    checkToken(facts),
    checkConnection(facts),
    checkRegion(facts),
    ...checkPermissions(facts),
    checkRateLimit(facts),
    checkApiVersion(facts),
    checkClock(facts),
    ...checkProxy(facts),
    ...checkPlatform(facts),
  ];
  const status = worstStatus(findings);
  const responded = facts.me?.response.arrived ?? true;
  return { status, exitCode: status === "failed" || !responded ? 1 : 0, responded, findings };
}
