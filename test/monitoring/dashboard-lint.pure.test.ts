import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { covers, type Exclusions, lintDashboard } from "./dashboard-lint/lint.ts";
import { type LintedDashboard, readDashboards } from "./dashboard-lint/model.ts";
import { DATASOURCE } from "./dashboard-lint/panel-rules.ts";

const file = new URL("../../packages/dashboards/.lint", import.meta.url);
const { exclusions }: { readonly exclusions: Exclusions } = parse(readFileSync(file, "utf8"));
const violations = readDashboards().flatMap(lintDashboard);

const entriesOf = (rule: string) => exclusions[rule]?.entries ?? [];
const matchers = 'job=~"$job",instance=~"$instance"';
const variable = (name: string, label: string) => ({
  name,
  label,
  type: "query",
  multi: true,
  includeAll: true,
  allValue: ".+",
  refresh: 2,
});

/** A dashboard that breaks no rule. */
const SOUND: LintedDashboard = {
  title: "Sound",
  editable: false,
  templating: {
    list: [
      { name: "datasource", label: "Data source", type: "datasource", query: "prometheus" },
      variable("job", "Job"),
      variable("instance", "Instance"),
    ],
  },
  panels: [
    {
      type: "timeseries",
      title: "Requests",
      description: "How many.",
      datasource: { uid: DATASOURCE },
      targets: [{ refId: "A", expr: `sum(rate(a_total{${matchers}}[$__rate_interval]))` }],
      fieldConfig: { defaults: { unit: "reqps" } },
    },
  ],
};

function breakQuery(expr: string): readonly string[] {
  const [panel] = SOUND.panels;
  const panels = panel ? [{ ...panel, targets: [{ refId: "A", expr }] }] : [];
  return lintDashboard({ ...SOUND, panels }).map(({ rule }) => rule);
}

describe("the rules of dashboard-linter", () => {
  it("hold in every dashboard, but for the exceptions that are listed", () => {
    const broken = violations.filter(
      (violation) => !entriesOf(violation.rule).some((entry) => covers(entry, violation)),
    );
    expect(broken.map((one) => `${one.rule}: ${one.dashboard} / ${one.panel ?? ""} ${one.what}`)).toEqual([]);
  });

  it("have no exception without a reason, and none that nothing needs", () => {
    for (const [rule, { reason }] of Object.entries(exclusions)) {
      expect(reason?.length, rule).toBeGreaterThan(20);
      const idle = entriesOf(rule).filter(
        (entry) => !violations.some((violation) => violation.rule === rule && covers(entry, violation)),
      );
      expect(idle, rule).toEqual([]);
    }
  });

  it("find nothing in a dashboard that is sound", () => {
    expect(lintDashboard(SOUND)).toEqual([]);
  });

  it.each([
    ["a query without job", 'sum(rate(a_total{instance=~"$instance"}[$__rate_interval]))', "target-job-rule"],
    ["one without instance", 'sum(rate(a_total{job=~"$job"}[$__rate_interval]))', "target-instance-rule"],
    ["a fixed window", `sum(rate(a_total{${matchers}}[5m]))`, "target-rate-interval-rule"],
    ["a bare counter", `sum(a_total{${matchers}})`, "target-counter-agg-rule"],
    ["half a query", `sum(up{${matchers}}`, "target-promql-rule"],
  ])("find %s", (_, expr, rule) => {
    expect(breakQuery(expr)).toEqual([rule]);
  });

  it("find a missing unit, description, data source or variable", () => {
    const [panel] = SOUND.panels;
    const bare = {
      type: "stat",
      title: "Requests",
      datasource: { uid: "prometheus" },
      targets: panel?.targets,
    };
    const found = lintDashboard({
      ...SOUND,
      editable: true,
      templating: { list: [{ ...variable("job", "job"), refresh: 1 }] },
      panels: [{ ...bare, targets: bare.targets ?? [] }],
    });
    expect(new Set(found.map(({ rule }) => rule))).toEqual(
      new Set([
        "uneditable-dashboard",
        "template-datasource-rule",
        "template-job-rule",
        "template-instance-rule",
        "template-on-time-change-reload-rule",
        "panel-title-description-rule",
        "panel-datasource-rule",
        "panel-units-rule",
      ]),
    );
  });
});
