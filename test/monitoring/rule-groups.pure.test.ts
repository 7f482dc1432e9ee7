import { buildRules } from "@intercom-telemetry/dashboards";
import { expect, it } from "vitest";
import { ALL_ON } from "../dashboards/alerts/unit-test-file.ts";

/** Default of `ruler_max_rules_per_rule_group` in Mimir. */
const MOST_RULES = 20;

it("no group has more rules than Mimir accepts by default", () => {
  const tooLarge = buildRules(ALL_ON).groups.filter(({ rules }) => rules.length > MOST_RULES);
  expect(tooLarge.map(({ name, rules }) => `${name}: ${rules.length}`)).toEqual([]);
});
