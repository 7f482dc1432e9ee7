import type { Promql } from "../promql/promql.ts";
import { createConditions } from "./conditions.ts";
import type { FailingPartSignals } from "./failing-parts.ts";
import { failingPartSignals } from "./failing-parts.ts";
import type { ProbeSignals } from "./probe.ts";
import { probeSignals } from "./probe.ts";
import type { QuotaSignals } from "./quota.ts";
import { quotaSignals } from "./quota.ts";
import type { RefusalSignals } from "./refusals.ts";
import { refusalSignals } from "./refusals.ts";
import type { SloSignals } from "./slo.ts";
import { sloSignals } from "./slo.ts";
import type { TelemetrySignals } from "./telemetry.ts";
import { telemetrySignals } from "./telemetry.ts";
import type { TrafficSignals } from "./traffic.ts";
import { trafficSignals } from "./traffic.ts";

import type { Verdict } from "./verdict.ts";
import { createVerdict } from "./verdict.ts";

/** Every signal, once: panels, alerts, runbooks and targets read these rows. */
export type Signals = SloSignals &
  RefusalSignals &
  FailingPartSignals &
  QuotaSignals &
  TrafficSignals &
  TelemetrySignals &
  ProbeSignals & { readonly verdict: Verdict };

/** Builds all signals for a configuration. */
export function createSignals(promql: Promql): Signals {
  const conditions = createConditions(promql);
  const refusals = refusalSignals(promql, conditions);
  const quota = quotaSignals(promql, conditions);
  return {
    ...sloSignals(promql, conditions),
    ...refusals,
    ...failingPartSignals(promql, conditions),
    ...quota,
    verdict: createVerdict(promql, conditions, { ...refusals, ...quota }),
    ...trafficSignals(promql, conditions),
    ...telemetrySignals(promql),
    ...probeSignals(promql, conditions),
  };
}
