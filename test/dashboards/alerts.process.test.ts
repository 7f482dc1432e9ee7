import { ALERT_NAMES } from "@intercom-telemetry/dashboards";
import { beforeAll, describe, expect, it } from "vitest";
import { SCENARIOS, writeUnitTest } from "./alerts/unit-test-file.ts";
import { inTemporaryFolder, needsPromtool, PROMTOOL, runUnitTests } from "./promtool.ts";

it("has a scenario for each alert", () => {
  expect(SCENARIOS.map(({ alert }) => alert).sort()).toEqual([...ALERT_NAMES].sort());
});

describe.skipIf(PROMTOOL === undefined)(needsPromtool("alerts in promtool's unit tests"), () => {
  let results: ReadonlyMap<string, string> = new Map();

  beforeAll(() => {
    results = inTemporaryFolder((folder) =>
      runUnitTests(SCENARIOS.map((scenario) => writeUnitTest(folder, scenario.alert, scenario))),
    );
  }, 300_000);

  it.each(SCENARIOS.map(({ alert }) => alert))(
    "%s is silent when it should be, fires with exact labels and annotations, and resolves",
    (alert) => {
      expect(results.get(alert)).toBe("SUCCESS");
    },
  );
});
