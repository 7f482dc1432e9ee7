import { beforeAll, describe, expect, it } from "vitest";
import { ALERT_MUTANTS, SAMPLE } from "./alerts/mutants.ts";
import { SCENARIOS, writeUnitTest } from "./alerts/unit-test-file.ts";
import { inTemporaryFolder, needsPromtool, PROMTOOL, runUnitTests } from "./promtool.ts";

// One of each alert, each time the same; `npm run mutation:alerts` runs them all.
const mutants = process.env.ALERT_MUTANTS === "all" ? ALERT_MUTANTS : SAMPLE;

it("changes the threshold or a matcher of each alert in at least two ways", () => {
  for (const { alert, mutations } of SCENARIOS) expect(mutations.length, alert).toBeGreaterThanOrEqual(2);
});

it("has in its sample one mutant of each alert", () => {
  expect(SAMPLE.map(({ scenario }) => scenario.alert)).toEqual(SCENARIOS.map(({ alert }) => alert));
});

describe.skipIf(PROMTOOL === undefined)(needsPromtool("changed alerts in promtool's unit tests"), () => {
  let results: ReadonlyMap<string, string> = new Map();

  beforeAll(() => {
    results = inTemporaryFolder((folder) =>
      runUnitTests(
        mutants.map(({ name, scenario, mutation, duration }) =>
          writeUnitTest(folder, name, scenario, mutation, duration),
        ),
      ),
    );
  }, 300_000);

  it.each(mutants.map(({ scenario, what, name }) => [scenario.alert, what, name] as const))(
    "%s fails its test with %s",
    (_, __, name) => {
      expect(results.get(name)).toMatch(/^FAILED/);
      // A rule that promtool cannot read would fail for the wrong reason.
      expect(results.get(name)).not.toContain("could not parse");
    },
  );
});
