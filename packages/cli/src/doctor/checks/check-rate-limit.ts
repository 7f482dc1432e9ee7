import { nameOutcome } from "../../probe/name-outcome.ts";
import type { MeFacts } from "../../probe/probe-me.ts";
import type { DoctorFacts } from "./facts.ts";
import { explainOutcome, type Finding, notChecked } from "./finding.ts";

/** From this share of a window on, a burst of the service can close it. */
const HIGH_USE_RATIO = 0.8;
/** Intercom enforces the quota of a minute in windows of ten seconds. */
const WINDOWS_PER_MINUTE = 6;

interface Window {
  readonly limit: number;
  readonly remaining: number;
  readonly resetInSeconds?: number;
}

/** The time to the reset by the server's own clock, where it is known: the local one may be off. */
function readWindow({ outcome, response, clockSkewSeconds = 0 }: MeFacts): Window | undefined {
  const { limit, remaining, resetEpochSeconds } = outcome.rateLimit ?? {};
  if (limit === undefined || remaining === undefined) return undefined;
  if (resetEpochSeconds === undefined || !response.arrived) return { limit, remaining };
  const serverEpochSeconds = response.servedEpochSeconds - clockSkewSeconds;
  const resetInSeconds = Math.min(60, Math.max(0, Math.ceil(resetEpochSeconds - serverEpochSeconds)));
  return { limit, remaining, resetInSeconds };
}

function describeWindow({ limit, remaining, resetInSeconds }: Window): string {
  const usedPercent = Math.round(((limit - remaining) / limit) * 100);
  const minute = (limit * WINDOWS_PER_MINUTE).toLocaleString("en");
  const reset = resetInSeconds === undefined ? "" : `, refilled in ${resetInSeconds} s`;
  const left = `${remaining.toLocaleString("en")} of ${limit.toLocaleString("en")}`;
  return `${left} requests left in this 10-second window (${usedPercent} % in use; about ${minute} a minute)${reset}`;
}

function judgeLimited(me: MeFacts, window: Window | undefined): Finding {
  const state = window ? `; ${describeWindow(window)}` : "";
  return {
    check: "rate_limit",
    status: "failed",
    summary: `Intercom responded ${nameOutcome(me.outcome)}${state}`,
    ...explainOutcome(me.outcome),
    ...(window && { details: { ...window } }),
  };
}

/** How much of the quota is in use at this moment, by the whole app and not only by this service. */
export function checkRateLimit({ me }: DoctorFacts): Finding {
  if (!me?.response.arrived) return notChecked("rate_limit", "there is no response to read it from");
  const window = readWindow(me);
  if (me.outcome.error?.category === "rate_limit") return judgeLimited(me, window);
  if (!window) return notChecked("rate_limit", "the response has no usable rate-limit headers");
  const usedRatio = (window.limit - window.remaining) / window.limit;
  const isHigh = usedRatio >= HIGH_USE_RATIO;
  return {
    check: "rate_limit",
    status: isHigh ? "warning" : "ok",
    summary: describeWindow(window),
    ...(isHigh && { action: "Find what else uses this app's quota, or slow down before the window closes." }),
    details: { ...window, usedRatio: Math.round(usedRatio * 1000) / 1000 },
  };
}
