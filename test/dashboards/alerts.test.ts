import { ALERT_NAMES } from "@intercom-telemetry/dashboards";
import { beforeAll, describe, expect, it } from "vitest";
import { SCENARIOS, writeUnitTest } from "./alerts/unit-test-file.ts";
import { inTemporaryFolder, needsPromtool, PROMTOOL, runUnitTests } from "./promtool.ts";

const mutants = SCENARIOS.flatMap((scenario) =>
  scenario.mutations.map((mutation, index) => ({ scenario, mutation, name: `${scenario.alert}-${index}` })),
);

const waiting = SCENARIOS.filter(({ pendingAtMinute }) => pendingAtMinute !== undefined);

it("has a scenario for each alert", () => {
  expect(SCENARIOS.map(({ alert }) => alert).sort()).toEqual([...ALERT_NAMES].sort());
});

it("changes the threshold or a matcher of each alert in at least two ways", () => {
  for (const { alert, mutations } of SCENARIOS) expect(mutations.length, alert).toBeGreaterThanOrEqual(2);
});

describe.skipIf(PROMTOOL === undefined)(needsPromtool("alerts in promtool's unit tests"), () => {
  let results: ReadonlyMap<string, string> = new Map();

  beforeAll(() => {
    results = inTemporaryFolder((folder) => {
      const files = [
        ...SCENARIOS.map((scenario) => writeUnitTest(folder, scenario.alert, scenario)),
        ...waiting.map((scenario) =>
          writeUnitTest(folder, `${scenario.alert}-hasty`, scenario, undefined, "0s"),
        ),
        ...mutants.map(({ scenario, mutation, name }) => writeUnitTest(folder, name, scenario, mutation)),
      ];
      const raw = runUnitTests(files);
      return new Map([...raw].map(([file, result]) => [file.replace(/^.*\/(.*)\.test\.yml$/, "$1"), result]));
    });
  }, 300_000);

  it.each(SCENARIOS.map(({ alert }) => alert))(
    "%s is silent when it should be, fires with exact labels and texts, and resolves",
    (alert) => {
      expect(results.get(alert)).toBe("SUCCESS");
    },
  );

  it.each(mutants.map(({ scenario, mutation, name }) => [scenario.alert, mutation.what, name] as const))(
    "%s fails its test with %s",
    (_, __, name) => {
      expect(results.get(name)).toMatch(/^FAILED/);
      // A rule that promtool cannot read would fail for the wrong reason.
      expect(results.get(name)).not.toContain("could not parse");
    },
  );

  it.each(waiting.map(({ alert }) => alert))("%s fails its test when it does not wait", (alert) => {
    expect(results.get(`${alert}-hasty`)).toMatch(/^FAILED/);
  });
});
