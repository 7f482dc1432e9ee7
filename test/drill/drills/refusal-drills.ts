import type { Drill } from "../drill.ts";
import {
  intercomAnswers,
  openClientScene,
  serviceCalls,
  TOKEN,
  untilDelivered,
} from "../scenes/client-scene.ts";

const SAME_ADDRESS = { role: "user", email: "ann@example.com" };

/** Alerts on requests that Intercom refuses for good. */
export const REFUSAL_DRILLS: readonly Drill[] = [
  {
    alert: "IntercomClientUnauthorized",
    clock: "minutes",
    fault: "the token is revoked",
    open: (name) =>
      openClientScene(
        name,
        {},
        untilDelivered(
          ({ simulator }) => simulator.revokeToken(TOKEN),
          ({ simulator }) => simulator.restoreToken(TOKEN),
        ),
      ),
  },
  {
    alert: "IntercomClientForbidden",
    clock: "minutes",
    fault: "the token loses a permission",
    open: (name) =>
      openClientScene(
        name,
        {},
        intercomAnswers({ action: { kind: "error_list", status: 403, code: "forbidden" } }),
      ),
  },
  {
    alert: "IntercomClientPlanRestricted",
    clock: "minutes",
    fault: "the plan no longer includes what is asked for",
    open: (name) =>
      openClientScene(
        name,
        {},
        intercomAnswers({ action: { kind: "error_list", status: 403, code: "api_plan_restricted" } }),
      ),
  },
  {
    alert: "IntercomClientInvalidRequests",
    clock: "minutes",
    fault: "a deploy that sends addresses without an @",
    open: (name) =>
      openClientScene(
        name,
        {},
        serviceCalls((intercom) => intercom.post("/contacts", { role: "user", email: "ann.example.com" })),
      ),
  },
  {
    alert: "IntercomClientConflictSpike",
    clock: "minutes",
    fault: "an import that creates contacts which exist",
    open: (name) =>
      openClientScene(
        name,
        {},
        serviceCalls((intercom) => intercom.post("/contacts", SAME_ADDRESS)),
      ),
  },
];
