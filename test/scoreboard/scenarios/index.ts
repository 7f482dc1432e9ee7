import type { Scenario } from "../scenario.ts";
import { CALLER_SCENARIOS } from "./callers.ts";
import { INTERCOM_SCENARIOS } from "./intercom.ts";
import { LIMIT_SCENARIOS } from "./limits.ts";
import { OTHERS_SCENARIOS } from "./others.ts";
import { RESPONSE_SCENARIOS } from "./responses.ts";
import { TRANSPORT_SCENARIOS } from "./transport.ts";
import { WRAPPER_SCENARIOS } from "./wrappers.ts";

/** All scenarios, by the heading under which they are shown. */
export const SCENARIO_GROUPS: Readonly<Record<string, readonly Scenario[]>> = {
  "What comes back": RESPONSE_SCENARIOS,
  "What breaks on the way": TRANSPORT_SCENARIOS,
  "How axios is used": CALLER_SCENARIOS,
  "What stands around the adapter": WRAPPER_SCENARIOS,
  "Whose failure it was": OTHERS_SCENARIOS,
  "What must stay out, small, and in its place": LIMIT_SCENARIOS,
  "What Intercom means": INTERCOM_SCENARIOS,
};

/** @throws Error when no scenario has this name. */
export function findScenario(name: string): Scenario {
  const found = Object.values(SCENARIO_GROUPS)
    .flat()
    .find((scenario) => scenario.name === name);
  if (!found) throw new Error(`scenario: expected a known name, got ${JSON.stringify(name)}`);
  return found;
}
