import type { Mutation, Scenario } from "./scenario.ts";
import { SCENARIOS } from "./unit-test-file.ts";

/** A changed alert, whose scenario has to notice. Made here, since Stryker changes TypeScript and not the PromQL in it. */
export interface AlertMutant {
  readonly name: string;
  readonly scenario: Scenario;
  readonly what: string;
  readonly mutation?: Mutation;
  /** How long it waits, when that is what is changed. */
  readonly duration?: string;
}

function mutantsOf(scenario: Scenario): readonly AlertMutant[] {
  const changed = scenario.mutations.map((mutation, index) => ({
    name: `${scenario.alert}-${index}`,
    scenario,
    what: mutation.what,
    mutation,
  }));
  if (scenario.pendingAtMinute === undefined) return changed;
  return [...changed, { name: `${scenario.alert}-hasty`, scenario, what: "no wait", duration: "0s" }];
}

/** Every mutant of every alert. */
export const ALERT_MUTANTS: readonly AlertMutant[] = SCENARIOS.flatMap(mutantsOf);

/** One mutant of each alert, and over all alerts as many of the first, second and third kind as of the last. */
export const SAMPLE: readonly AlertMutant[] = SCENARIOS.flatMap((scenario, index) => {
  const mutants = mutantsOf(scenario);
  return mutants.slice(index % mutants.length, (index % mutants.length) + 1);
});
