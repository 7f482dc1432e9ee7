import { METRICS } from "@intercom-telemetry/core/contract";
import {
  buildDashboards,
  buildRules,
  type DashboardsConfig,
  describeAlerts,
} from "@intercom-telemetry/dashboards";
import { describe, expect, it } from "vitest";
import { panelExpressions, panelsOf, ruleExpressions, runbookExpressions } from "./expressions.ts";
import { selectorsOf, textsOf } from "./promql-reader.ts";

const BY_CLIENT: DashboardsConfig = { durationPerOperation: false };
const LABELS_OF_OPERATIONS = ["method", "url_template"];

const everything = [
  ...panelExpressions(BY_CLIENT),
  ...ruleExpressions(BY_CLIENT),
  ...runbookExpressions(BY_CLIENT),
];
const onDurations = everything.filter(({ expr }) => expr.includes(METRICS.duration.name));
const panels = buildDashboards(BY_CLIENT).flatMap(panelsOf);
const slowAlert = (config: DashboardsConfig) =>
  describeAlerts(config).find(({ name }) => name === "IntercomClientSlowRequests");

describe("durations that are recorded by client", () => {
  it("are not narrowed or grouped by operation in any query", () => {
    expect(onDurations.length).toBeGreaterThan(5);
    const wrong = onDurations.filter(({ expr }) => {
      const matched = selectorsOf(expr)
        .filter(({ metric }) => metric.includes(METRICS.duration.name))
        .flatMap(({ matcherLabels }) => matcherLabels);
      const grouped = textsOf(expr, "GroupingLabels").flatMap((text) => text.match(/\w+/g) ?? []);
      return [...matched, ...grouped].some((label) => LABELS_OF_OPERATIONS.includes(label));
    });
    expect(wrong).toEqual([]);
  });

  it("have panels that say that they cover whole clients", () => {
    const speaking = panels.filter(({ description }) => description?.includes("All operations of a client"));
    expect(speaking.map(({ title }) => title)).toEqual([
      "Duration: 50th, 95th and 99th percentile",
      "Duration, all requests",
    ]);
    const figure = panels.find(({ title }) => title === "p95 duration");
    expect(figure?.description).toContain("your traces show which operations are");
  });

  it("have an alert and a runbook that point at traces for the operation", () => {
    expect(slowAlert(BY_CLIENT)?.annotations.description).toContain("search your traces");
    expect(slowAlert(BY_CLIENT)?.guidance.queries[0]?.question).toContain("Which processes are slow?");
    expect(slowAlert({})?.annotations.description).not.toContain("traces");
    expect(slowAlert({})?.guidance.queries[0]?.question).toBe("Which operations are slow?");
  });

  it("change no rule but the words of that alert", () => {
    const withoutWords = (config: DashboardsConfig) =>
      buildRules(config).groups.map(({ name, rules }) => [name, rules.map(({ expr }) => expr)]);
    expect(withoutWords(BY_CLIENT)).toEqual(withoutWords({}));
  });

  it("leave failures, retries and 429s by operation as they are", () => {
    const operations = (config?: DashboardsConfig) =>
      panelExpressions(config).filter(
        ({ expr }) => expr.includes("url_template") && !expr.includes(METRICS.duration.name),
      );
    expect(operations(BY_CLIENT)).toEqual(operations());
  });
});
