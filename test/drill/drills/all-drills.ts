import type { Drill } from "../drill.ts";
import { CAPACITY_DRILLS } from "./capacity-drills.ts";
import { PROBE_DRILLS } from "./probe-drills.ts";
import { RATE_LIMIT_DRILLS } from "./rate-limit-drills.ts";
import { REFUSAL_DRILLS } from "./refusal-drills.ts";
import { SLO_DRILLS } from "./slo-drills.ts";
import { TELEMETRY_DRILLS } from "./telemetry-drills.ts";
import { TRAFFIC_DRILLS } from "./traffic-drills.ts";

/** One drill for each alert of the package. */
export const DRILLS: readonly Drill[] = [
  ...SLO_DRILLS,
  ...REFUSAL_DRILLS,
  ...RATE_LIMIT_DRILLS,
  ...CAPACITY_DRILLS,
  ...TRAFFIC_DRILLS,
  ...TELEMETRY_DRILLS,
  ...PROBE_DRILLS,
];
