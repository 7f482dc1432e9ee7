import { buildDashboards } from "@intercom-telemetry/dashboards";
import { interpolate } from "../expressions.ts";
import type { Case } from "./case.ts";
import type { Flow } from "./traffic.ts";
import { processSeries } from "./traffic.ts";

const verdict = buildDashboards()[0]?.panels[0];
const expr = verdict?.type === "stat" ? interpolate(verdict.targets[0]?.expr ?? "") : "";

function says(name: string, words: string, share: number, flows: readonly Flow[]): Case {
  return {
    name: `the verdict is "${words}" ${name}`,
    series: processSeries({ flows, minutes: 60 }),
    queries: [{ minute: 45, expr: `round(${expr}, 0.001)`, samples: { [`{verdict="${words}"}`]: share } }],
  };
}

const GOOD: Flow = { perMinute: 100 };

/** Who has to act, in words, from the same conditions as the alerts. */
export const VERDICT_CASES: readonly Case[] = [
  says("when failures stay below what alerts", "Nobody", 0, [
    GOOD,
    { status: "404", code: "not_found", perMinute: 10 },
    { status: "500", code: "server_error", perMinute: 0.2 },
  ]),
  says("when Intercom fails", "Intercom: wait", 0.2, [
    { perMinute: 80 },
    { status: "503", code: "service_unavailable", perMinute: 20 },
  ]),
  says("when the limit refuses", "Our quota", 0.1, [
    { perMinute: 90 },
    { status: "429", code: "rate_limit_exceeded", perMinute: 10, retriesPerMinute: 10 },
  ]),
  says("at three refused requests a minute", "Our token: crm", 1, [
    { status: "401", code: "token_revoked", perMinute: 3 },
  ]),
  says("when few requests fail, each for another reason", "Everything fails: crm", 0.001, [
    { status: "500", code: "server_error", perMinute: 0.05 },
    { status: "422", code: "parameter_invalid", perMinute: 0.05 },
    { status: "403", code: "forbidden", perMinute: 0.03 },
    { status: "", code: "network_error", perMinute: 0.04 },
  ]),
  says("when one operation is built wrongly", "Our code: POST /contacts", 0.3, [
    { perMinute: 65 },
    { status: "422", code: "parameter_invalid", method: "POST", template: "/contacts", perMinute: 30 },
    { status: "422", code: "parameter_invalid", method: "PUT", perMinute: 5 },
  ]),
];
