import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { DashboardsConfig } from "@intercom-telemetry/dashboards";
import { buildRules } from "@intercom-telemetry/dashboards";
import { describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { ALL_ON } from "./alerts/unit-test-file.ts";
import { panelExpressions, runbookExpressions } from "./expressions.ts";
import { inTemporaryFolder, needsPromtool, PROMTOOL, promtool } from "./promtool.ts";

function check(rules: unknown): string {
  return inTemporaryFolder((folder) => {
    const file = join(folder, "rules.yml");
    writeFileSync(file, stringify(rules, { lineWidth: 0 }));
    const { code, output } = promtool(["check", "rules", "--lint=all", "--lint-fatal", file]);
    return code === 0 ? "clean" : output;
  });
}

const CONFIGS: Readonly<Record<string, DashboardsConfig>> = {
  "the defaults": {},
  "every alert on": ALL_ON,
  "a selector, group labels and slow scrapes": {
    selector: 'namespace="shop",cluster=~"eu-.*"',
    groupLabels: ["cluster", "namespace"],
    scrapeIntervalSeconds: 60,
    evaluationIntervalSeconds: 60,
  },
  "durations by client": { durationPerOperation: false },
  "another objective": {
    slo: { objectiveRatio: 0.95, periodDays: 7, burnRates: { fast: { long: "2h", factor: 10 } } },
  },
};

describe.skipIf(PROMTOOL === undefined)(needsPromtool("promtool check rules --lint=all --lint-fatal"), () => {
  it.each(Object.entries(CONFIGS))("is clean on all rules with %s", (_, config) => {
    expect(check(buildRules(config))).toBe("clean");
  });

  it.each(Object.entries(CONFIGS))("is clean on every query of panels and runbooks with %s", (_, config) => {
    const expressions = [...panelExpressions(config), ...runbookExpressions(config)];
    const rules = expressions.map(({ expr }, index) => ({
      record: `panel:expression:${index}`,
      expr,
    }));
    expect(rules.length).toBeGreaterThan(50);
    expect(check({ groups: [{ name: "panels", rules }] })).toBe("clean");
  });

  it("is not clean on a rule that is broken", () => {
    expect(check({ groups: [{ name: "broken", rules: [{ record: "a:b:c", expr: "sum by (" }] }] })).toContain(
      "parse error",
    );
  });
});
