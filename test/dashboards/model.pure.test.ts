import { readdirSync, readFileSync } from "node:fs";
import type { GridPosition, Panel } from "@intercom-telemetry/dashboards";
import { ALERT_NAMES, buildDashboards, describeAlerts } from "@intercom-telemetry/dashboards";
import { describe, expect, it } from "vitest";
import { ALL_ON } from "./alerts/unit-test-file.ts";
import { panelsOf } from "./expressions.ts";

const dashboards = buildDashboards();
const alerts = describeAlerts(ALL_ON);
const RUNBOOKS = new URL("../../packages/dashboards/runbooks/", import.meta.url);
const KEYS = { overview: 0, rateLimit: 1, slo: 2, platform: 3 } as const;

function overlap(a: GridPosition, b: GridPosition): boolean {
  return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}

function overlapping(
  panels: readonly { readonly id: number; readonly gridPos: GridPosition }[],
): readonly string[] {
  return panels.flatMap((a, index) =>
    panels
      .slice(index + 1)
      .filter((b) => overlap(a.gridPos, b.gridPos))
      .map((b) => `${a.id} and ${b.id}`),
  );
}

describe.each(dashboards.map((dashboard) => [dashboard.title, dashboard] as const))(
  "dashboard %s",
  (_, dashboard) => {
    const panels = panelsOf(dashboard);

    it("gives each panel and row a distinct id, and each query of a panel a refId", () => {
      const ids = dashboard.panels.flatMap((panel) =>
        panel.type === "row" ? [panel.id, ...panel.panels.map(({ id }) => id)] : [panel.id],
      );
      expect(new Set(ids).size).toBe(ids.length);
      for (const { targets } of panels)
        expect(new Set(targets.map(({ refId }) => refId)).size).toBe(targets.length);
    });

    it("lets no two panels overlap, and none stand outside the grid", () => {
      expect(overlapping(dashboard.panels)).toEqual([]);
      for (const panel of dashboard.panels)
        if (panel.type === "row") expect(overlapping(panel.panels)).toEqual([]);
      for (const { gridPos } of panels) expect(gridPos.x + gridPos.w).toBeLessThanOrEqual(24);
    });

    it("says in each panel what is good, in which unit, and what an empty one means", () => {
      for (const { title, description, fieldConfig, interval, targets } of panels) {
        expect(title).toMatch(/\S/);
        expect(description.length, title).toBeGreaterThan(40);
        expect(fieldConfig.defaults.unit, title).toMatch(/\S/);
        expect(fieldConfig.defaults.noValue, title).toMatch(/\S/);
        expect(interval).toBe("15s");
        expect(targets.length, title).toBeGreaterThan(0);
      }
    });

    it("asks only the data source that was chosen", () => {
      const text = JSON.stringify(dashboard);
      expect(text).not.toMatch(/\$\{DS_|__inputs/);
      expect(new Set(text.match(/"type":"prometheus","uid":"[^"]*"/g))).toEqual(
        new Set([`"type":"prometheus","uid":"\${datasource}"`]),
      );
    });

    it("cannot be edited in place and links to the others with time and variables", () => {
      expect(dashboard.editable).toBe(false);
      expect(dashboard.links[0]).toMatchObject({ type: "dashboards", keepTime: true, includeVars: true });
      expect(dashboard.tags).toContain(dashboard.links[0]?.tags[0]);
    });
  },
);

it("gives each dashboard a distinct uid", () => {
  expect(new Set(dashboards.map(({ uid }) => uid)).size).toBe(4);
});

it("needs fewer than ten queries for the first screen of the overview", () => {
  const first = dashboards[0]?.panels.filter((panel): panel is Panel => panel.type !== "row") ?? [];
  expect(first.flatMap(({ targets }) => targets).length).toBeLessThan(10);
});

/** Alerts whose panel has no mark for them, and why. */
const WITHOUT_MARK: Readonly<Record<string, string>> = {
  IntercomClientTrafficDropped: "compares with last week, which is another height each hour",
  IntercomClientMetricsAbsent: "has no number: a line ends",
  IntercomClientBlindSpot: "has no number: a band appears",
};

describe.each(alerts.map((alert) => [alert.name, alert] as const))("alert %s", (name, alert) => {
  const dashboard = dashboards[KEYS[alert.panel.dashboard]];
  const panel = dashboard && panelsOf(dashboard).find(({ id }) => id === alert.panel.id);

  it("links to a panel that exists, and that draws the same threshold", () => {
    expect(panel).toBeDefined();
    expect(alert.annotations.dashboard_url).toContain(`/d/${dashboard?.uid}?viewPanel=${alert.panel.id}`);
    if (name in WITHOUT_MARK) return;
    const drawn = panel?.fieldConfig.defaults.thresholds.steps.map(({ value }) => value);
    expect(drawn).toContain(alert.threshold?.drawnAs ?? alert.threshold?.value);
  });

  it("waits before it fires, and keeps values out of its labels", () => {
    expect(alert.for).not.toBe("0s");
    expect(JSON.stringify(alert.labels)).not.toContain("$value");
    expect(Object.keys(alert.labels)).toEqual(["severity"]);
  });

  it("names the job in its summary and links with it, except where there is no job", () => {
    if (name === "IntercomClientPlatformDegraded") return;
    expect(alert.annotations.summary).toContain("{{ $labels.client }} in {{ $labels.job }}");
    expect(alert.annotations.dashboard_url).toContain("&var-job={{ $labels.job | urlquery }}");
  });

  it("uses in its annotations only labels that it has", () => {
    const used = [...JSON.stringify(alert.annotations).matchAll(/\$labels\.(\w+)/g)].map(
      ([, label]) => label,
    );
    for (const label of used) expect(alert.identity).toContain(label);
  });

  it("has a runbook with each section, and links to it", () => {
    expect(alert.annotations.runbook_url).toMatch(new RegExp(`/runbooks/${name}\\.md$`));
    const runbook = readFileSync(new URL(`${name}.md`, RUNBOOKS), "utf8");
    expect(runbook.split("\n")[0]).toBe(`# ${name}`);
    const headings = [...runbook.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading);
    expect(headings).toEqual(["Meaning", "Impact", "Diagnosis", "Mitigation", "False positives and tuning"]);
  });
});

it("has no runbook without an alert", () => {
  const names = readdirSync(RUNBOOKS).map((file) => file.replace(/\.md$/, ""));
  expect(names.filter((name) => name.startsWith("Intercom")).sort()).toEqual([...ALERT_NAMES].sort());
  expect(ALERT_NAMES.length).toBeLessThanOrEqual(25);
});
