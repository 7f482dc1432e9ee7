import type { DoctorFacts } from "./facts.ts";
import { type Finding, notChecked } from "./finding.ts";

/** Below this the reset time of a window is still hit well enough. */
const WARNING_SECONDS = 1;
/** Half a window: waiting for a reset now misses it. */
const FAILURE_SECONDS = 5;

/** Does the local clock agree with Intercom's. Waiting for `X-RateLimit-Reset` relies on it. */
export function checkClock({ me }: DoctorFacts): Finding {
  const clockSkewSeconds = me?.clockSkewSeconds;
  if (clockSkewSeconds === undefined) return notChecked("clock", "no response with a Date header");
  const offSeconds = Math.abs(clockSkewSeconds);
  const details = { clockSkewSeconds: Math.round(clockSkewSeconds * 1000) / 1000 };
  if (offSeconds < WARNING_SECONDS) {
    return { check: "clock", status: "ok", summary: "the local clock agrees with Intercom's", details };
  }
  const direction = clockSkewSeconds > 0 ? "ahead of" : "behind";
  return {
    check: "clock",
    status: offSeconds < FAILURE_SECONDS ? "warning" : "failed",
    summary: `the local clock is ${offSeconds.toFixed(1)} s ${direction} Intercom's`,
    cause: "The clock of this machine is not kept in step.",
    action:
      "Let NTP set the clock (timedatectl, chronyc tracking); until then waits for a rate-limit reset are wrong.",
    details,
  };
}
