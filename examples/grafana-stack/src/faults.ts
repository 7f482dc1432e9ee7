import type { FaultScript } from "@intercom-telemetry/simulator";

/** What the simulated Intercom does wrong: enough to see on every row of the dashboards, little enough to live with. */
export const FAULTS: FaultScript = {
  rules: [
    {
      match: { urlTemplate: "/contacts/search" },
      probability: 0.2,
      action: { kind: "slow_headers", seconds: 3 },
    },
    { probability: 0.02, action: { kind: "slow_headers", seconds: 1.2 } },
    { probability: 0.02, action: { kind: "html", status: 502 } },
    { probability: 0.005, action: { kind: "reset" } },
    {
      match: { method: "PUT" },
      probability: 0.05,
      action: { kind: "error_list", status: 422, code: "parameter_invalid" },
    },
  ],
};
