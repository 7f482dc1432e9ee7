import type { FaultRule, FaultScript } from "@intercom-telemetry/simulator";

/** What goes wrong with any API all the time, a little. */
const EVERYDAY: readonly FaultRule[] = [
  { match: { urlTemplate: "/articles/search" }, action: { kind: "slow_headers", seconds: 1 } },
  { probability: 0.004, action: { kind: "hang" } },
  { probability: 0.006, action: { kind: "reset" } },
  { probability: 0.004, action: { kind: "cut_body" } },
  { probability: 0.004, action: { kind: "corrupt_gzip" } },
  { probability: 0.01, action: { kind: "slow_headers", seconds: 0.8 } },
  { probability: 0.01, action: { kind: "rate_limited", by: "overload" } },
  // An error that hides behind a success, and a code that nobody has documented yet.
  { probability: 0.004, action: { kind: "error_list", status: 200, code: "server_error" } },
  {
    probability: 0.004,
    action: { kind: "error_list", status: 400, code: "brand_new_code", retryable: false },
  },
  { probability: 0.01, action: { kind: "rate_headers", fault: "missing" } },
];

/** What an outage adds: errors of Intercom's own, and pages of the gateway in front of it. */
const OUTAGE: readonly FaultRule[] = [
  { probability: 0.12, action: { kind: "html", status: 502 } },
  { probability: 0.12, action: { kind: "empty", status: 503 } },
  { probability: 0.08, action: { kind: "html", status: 504 } },
  { probability: 0.1, action: { kind: "error_list", status: 500, code: "server_error" } },
];

/** Everyday life. */
export const EVERYDAY_SCRIPT: FaultScript = { rules: EVERYDAY };

/** Everyday life during an outage. */
export const OUTAGE_SCRIPT: FaultScript = { rules: [...OUTAGE, ...EVERYDAY] };
