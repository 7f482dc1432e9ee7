import type { FaultAction } from "@intercom-telemetry/simulator";
import type { Drill } from "../drill.ts";
import { intercomFails, openClientScene, type Stage } from "../scenes/client-scene.ts";
import { everyNth } from "./every-nth.ts";
import { steadyHistory } from "./history.ts";

const SERVER_ERROR: FaultAction = { kind: "error_list", status: 500, code: "server_error" };
const UNAVAILABLE: FaultAction = { kind: "empty", status: 503 };

/** One failure in many needs many calls before it is more than chance. */
const LEAK_CALLS_PER_SECOND = 30;

const burnFast: Drill = {
  alert: "IntercomClientErrorBudgetBurnFast",
  clock: "minutes",
  fault: "one call in five gets a 503",
  open: (name) => openClientScene(name, {}, intercomFails(everyNth(5, UNAVAILABLE))),
};

const burnModerate: Drill = {
  alert: "IntercomClientErrorBudgetBurnModerate",
  clock: "minutes",
  fault: "one call in a hundred gets a 500: too few for the fast alert, which would hide this one",
  open: (name) =>
    openClientScene(
      name,
      { callsPerSecond: LEAK_CALLS_PER_SECOND },
      intercomFails(everyNth(100, SERVER_ERROR)),
    ),
};

/** What a client sends on the days before, and until the fault begins. */
const ORDINARY_CALLS_PER_SECOND = 12;

/** Busier times, in which one request in `count` fails. */
function busyAndLeaking(callsPerSecond: number, count: number) {
  return async ({ simulator, traffic }: Stage, delivered: Promise<unknown>): Promise<void> => {
    simulator.setScript({ rules: [everyNth(count, SERVER_ERROR)] });
    traffic.callsPerSecond = callsPerSecond;
    await delivered;
    simulator.setScript({ rules: [] });
  };
}

const burnSlow: Drill = {
  alert: "IntercomClientErrorBudgetBurnSlow",
  clock: "days",
  fault: "after a day at 0.29 % failures, 0.56 %",
  open: (name) =>
    openClientScene(name, { callsPerSecond: ORDINARY_CALLS_PER_SECOND }, busyAndLeaking(60, 180)),
  history: (client, now) =>
    steadyHistory({ days: 1, callsPerSecond: ORDINARY_CALLS_PER_SECOND, failedRatio: 0.0029 }, client, now),
};

const unavailable: Drill = {
  alert: "IntercomClientUnavailable",
  clock: "minutes",
  fault: "every connection broken before a response",
  open: (name) => openClientScene(name, {}, intercomFails({ action: { kind: "reset" } })),
};

/** Alerts on the objective. */
export const SLO_DRILLS: readonly Drill[] = [burnFast, burnModerate, burnSlow, unavailable];
