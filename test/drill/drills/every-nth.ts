import type { FaultAction, FaultRule } from "@intercom-telemetry/simulator";

/** More requests than any drill sends. */
const REQUESTS = 20_000;

/** One request in `count` gets the action, evenly spread, where a probability would come in clusters. */
export function everyNth(count: number, action: FaultAction): FaultRule {
  const sequence = Array.from(
    { length: REQUESTS },
    (_, index): FaultAction => (index % count === 0 ? action : { kind: "pass" }),
  );
  return { sequence };
}
