import type { Drill } from "../drill.ts";
import {
  intercomFails,
  openClientScene,
  serviceAlsoCalls,
  serviceCalls,
  TOKEN,
  untilDelivered,
} from "../scenes/client-scene.ts";
import { openPairScene } from "../scenes/pair-scene.ts";

const CONTACT = { role: "user", email: "ann@example.com" };
const BROKEN_CONTACT = { role: "user", email: "ann.example.com" };

/** Alerts on requests that Intercom refuses for good, and on parts that fail altogether. */
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
        intercomFails({ action: { kind: "error_list", status: 403, code: "forbidden" } }),
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
        intercomFails({ action: { kind: "error_list", status: 403, code: "api_plan_restricted" } }),
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
        serviceCalls((intercom) => intercom.post("/contacts", BROKEN_CONTACT)),
      ),
  },
  {
    alert: "IntercomClientNotFoundSpike",
    clock: "minutes",
    fault: "a job that asks for contacts of another workspace",
    open: (name) =>
      openClientScene(
        name,
        {},
        serviceCalls((intercom) => intercom.get("/contacts/000000000000000000000000")),
      ),
  },
  {
    alert: "IntercomClientOperationFailing",
    clock: "minutes",
    fault: "a deploy that breaks one operation, which is seldom called",
    open: (name) =>
      openClientScene(
        name,
        {},
        serviceAlsoCalls(40, (intercom) => intercom.post("/contacts", BROKEN_CONTACT)),
      ),
  },
  {
    alert: "IntercomClientInstanceFailing",
    clock: "minutes",
    fault: "one of two instances still has the old token",
    open: (name) =>
      openPairScene(
        name,
        // So little that the job's share of refusals stays below what pages.
        { callsPerSecond: 0.3 },
        untilDelivered(
          ({ simulator }) => simulator.revokeToken(TOKEN),
          ({ simulator }) => simulator.restoreToken(TOKEN),
        ),
      ),
  },
  {
    alert: "IntercomClientWritesUncertain",
    clock: "minutes",
    fault: "connections break after a message was sent",
    open: (name) =>
      openClientScene(
        name,
        { call: (intercom) => intercom.post("/contacts", CONTACT) },
        intercomFails({ match: { method: "POST" }, probability: 0.1, action: { kind: "reset" } }),
      ),
  },
];
