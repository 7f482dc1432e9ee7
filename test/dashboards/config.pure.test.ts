import type { DashboardsConfig } from "@intercom-telemetry/dashboards";
import {
  ALERT_NAMES,
  buildDashboards,
  buildRules,
  describeAlerts,
  renderFiles,
} from "@intercom-telemetry/dashboards";
import { describe, expect, it } from "vitest";

/** What came is not what the types allow: from a YAML file, or from JavaScript. */
const refusal = (config: unknown): string => {
  try {
    buildRules(config as DashboardsConfig);
  } catch (error) {
    expect(error).toBeInstanceOf(TypeError);
    return (error as Error).message;
  }
  return "accepted";
};

const circle: { self?: object } = {};
circle.self = circle;

describe("a wrong configuration is refused with the key, what was expected and what came", () => {
  it.each([
    [{ selectr: "" }, "selectr: unknown key", "did you mean selector?"],
    ["text", "configuration: expected an object with selector", "got a string of 4 characters"],
    [{ slo: [circle] }, "slo: expected an object", "got an array of 1"],
    [{ selector: "namespace=shop" }, "selector: expected label matchers", "got a string"],
    [{ groupLabels: ["client"] }, "groupLabels[0]: expected a label that your scrape adds", "got client"],
    [{ groupLabels: ["a", "a"] }, "groupLabels[1]: expected a distinct value", "got one that is taken"],
    [{ expectedJobs: ['a"b'] }, "expectedJobs[0]: expected a job name", "got a string of 3 characters"],
    [
      { expectedJobs: ["a"], batchJobs: ["a"] },
      "batchJobs[0]: expected a job that is not in expectedJobs",
      "got one that is",
    ],
    [{ windowSeconds: 0 }, "windowSeconds: expected a whole number from 1 to 3600", "got 0"],
    [
      { durationPerOperation: "no" },
      "durationPerOperation: expected a boolean",
      "got a string of 2 characters",
    ],
    [{ scrapeIntervalSeconds: 7.5 }, "scrapeIntervalSeconds: expected a whole number", "7.5"],
    [
      { evaluationIntervalSeconds: "30s" },
      "evaluationIntervalSeconds: expected a whole number",
      "got a string of 3 characters",
    ],
    [{ slo: { objectiveRatio: 99.9 } }, "slo.objectiveRatio: expected a number from 0.5 to 0.99999", "99.9"],
    [
      { slo: { failedErrorCodes: [] } },
      "slo.failedErrorCodes: expected at least one error code",
      "got an array of 0",
    ],
    [{ slo: { failedErrorCodes: [5] } }, "slo.failedErrorCodes[0]: expected an error code", "5"],
    [
      { slo: { burnRates: { fast: { short: "1m" } } } },
      "slo.burnRates.fast.short: expected whole minutes, at least 5m",
      'got "1m"',
    ],
    [
      { slo: { burnRates: { fast: { short: "2h" } } } },
      "slo.burnRates.fast.short: expected a window shorter than 1h",
      '"2h"',
    ],
    [{ thresholds: { retryRatio: 1 } }, "thresholds.retryRatio: expected a share below 1", "1"],
    [
      { thresholds: { retryRatio: "0.3" } },
      "thresholds.retryRatio: expected a number from 0 to 1",
      "got a string of 3 characters",
    ],
    [{ thresholds: { windowEdgeRatio: 0.85 } }, "thresholds.windowEdgeRatio: expected a bucket", "0.85"],
    [
      { thresholds: { rateLimitedSevereRatio: 0.01 } },
      "thresholds.rateLimitedSevereRatio: expected more than",
      "0.01",
    ],
    [
      { alerts: { NoSuchAlert: {} } },
      "alerts.NoSuchAlert: unknown key",
      "expected one of IntercomClientUnavailable",
    ],
    [
      { alerts: { IntercomClientStuck: { for: "soon" } } },
      "alerts.IntercomClientStuck.for: expected a duration",
      "got a string of 4 characters",
    ],
    [
      { alerts: { IntercomClientStuck: { severity: "page" } } },
      "severity: expected one of critical, warning, info",
      "got a string of 4 characters",
    ],
    [
      { alerts: { IntercomClientStuck: { enabled: "no" } } },
      "enabled: expected a boolean",
      "got a string of 2 characters",
    ],
    [
      { alerts: { IntercomClientStuck: { labels: { severity: "x" } } } },
      "labels.severity: expected a label other",
      '"x"',
    ],
    [
      { alerts: { IntercomClientStuck: { labels: { load: "{{ $value }}" } } } },
      "labels.load: expected a string without the value",
      "got a string of 12 characters",
    ],
    [
      { dashboards: { overview: { uid: "a b" } } },
      "dashboards.overview.uid: expected 1 to 40",
      "got a string of 3 characters",
    ],
    [
      { dashboards: { overview: { uid: "x" }, slo: { uid: "x" } } },
      "dashboards.slo.uid: expected a distinct uid for each dashboard",
      "got one twice",
    ],
    [
      { grafanaBaseUrl: "grafana.example" },
      "grafanaBaseUrl: expected an http or https address",
      "without user name",
    ],
    [{ tags: [] }, "tags: expected at least one tag", "got an array of 0"],
    [{ refresh: "often" }, "refresh: expected a duration", "got a string of 5 characters"],
    [
      { kubernetes: { namespace: "Shop" } },
      "kubernetes.namespace: expected a namespace",
      "got a string of 4 characters",
    ],
    [{ kubernetes: { ruleLabels: { a: 1 } } }, "kubernetes.ruleLabels.a: expected a string", "1"],
  ])("%j", (config, expected, came) => {
    const message = refusal(config);
    expect(message).toContain(expected);
    expect(message).toContain(came);
  });

  it("says that a burn factor can never fire with the objective", () => {
    const message = refusal({ slo: { objectiveRatio: 0.9 } });
    expect(message).toContain("slo.burnRates.fast.factor: expected a factor below 10");
    expect(message).toContain("this burn factor can never fire with an objective of 0.9, got 14.4");
  });
});

describe("the configuration reaches what is built", () => {
  const text = (config: DashboardsConfig): string => JSON.stringify(buildRules(config));

  it("puts the selector on every raw metric, of both rules and panels", () => {
    const config = { selector: ' namespace="shop" , cluster=~"eu-.*"' };
    for (const built of [text(config), JSON.stringify(buildDashboards(config))]) {
      const raw =
        built.match(/(?<![\w:])intercom_(?:client|probe|platform|telemetry)_\w+(?![\w:])(\{[^}]*\})?/g) ?? [];
      expect(raw.length).toBeGreaterThan(20);
      for (const selector of raw) expect(selector).toContain('namespace=\\"shop\\",cluster=~\\"eu-.*\\"');
    }
  });

  it("keeps group labels in rules, alerts and legends", () => {
    const config = { groupLabels: ["cluster"] };
    expect(text(config)).toContain("sum by (cluster, job, client)");
    expect(text(config)).toContain("cluster {{ $labels.cluster }}");
    expect(describeAlerts(config).every(({ identity }) => identity.includes("cluster"))).toBe(true);
    expect(JSON.stringify(buildDashboards(config))).toContain("{{cluster}} {{client}}");
  });

  it("changes a threshold in the alert and on its panel at once", () => {
    const config = { thresholds: { slowRequestsRatio: 0.35 } };
    expect(text(config)).toContain(") > 0.35");
    expect(JSON.stringify(buildDashboards(config))).toContain('"value":0.35');
  });

  it("changes and leaves out single alerts", () => {
    const alerts = describeAlerts({
      alerts: {
        IntercomClientStuck: { enabled: false },
        IntercomClientTrafficDropped: { enabled: true },
        IntercomClientForbidden: {
          for: "1h",
          severity: "info",
          labels: { team: "crm" },
          annotations: { summary: "Ours" },
        },
      },
    });
    const names = alerts.map(({ name }) => name);
    expect(names).not.toContain("IntercomClientStuck");
    expect(names).toContain("IntercomClientTrafficDropped");
    expect(alerts.find(({ name }) => name === "IntercomClientForbidden")).toMatchObject({
      for: "1h",
      labels: { severity: "info", team: "crm" },
      annotations: { summary: "Ours" },
    });
  });

  it("counts only the error codes as failed that the user names", () => {
    expect(text({ slo: { failedErrorCodes: ["timeout"] } })).toContain('error_code=\\"timeout\\"');
  });

  it("tells panels the scrape interval, below which they would find nothing", () => {
    expect(buildDashboards({ scrapeIntervalSeconds: 60 })[0]?.panels[0]).toMatchObject({ interval: "1m" });
  });

  it("offers a variable for each group label and narrows every panel by it", () => {
    const dashboards = buildDashboards({ groupLabels: ["cluster", "namespace"] });
    for (const { templating, title } of dashboards)
      expect(
        templating.list.map(({ name }) => name),
        title,
      ).toEqual(expect.arrayContaining(["cluster", "namespace"]));
    expect(JSON.stringify(dashboards[0])).toContain('cluster=~\\"$cluster\\",namespace=~\\"$namespace\\"');
  });

  it("points at the runbooks of the installed version", () => {
    expect(text({})).toMatch(/blob\/v\d+\.\d+\.\d+\/packages\/dashboards\/runbooks\//);
  });

  it("scales demand with the length of the window", () => {
    expect(text({ windowSeconds: 60 })).toContain("60 * sum by (client)");
  });

  it("links alerts to Grafana only when its address is known", () => {
    expect(text({})).not.toContain("dashboard_url");
    expect(text({ grafanaBaseUrl: "https://grafana.example/" })).toContain(
      "https://grafana.example/d/intercom-client-overview?viewPanel=",
    );
  });
});

it("writes the same bytes every time", () => {
  expect(renderFiles()).toEqual(renderFiles());
  expect(ALERT_NAMES.length).toBe(25);
});

it.each(["grafanaBaseUrl", "runbookBaseUrl", "prometheusUrl"] as const)(
  "%s with a user name and a password is refused, and not quoted",
  (key) => {
    for (const url of ["https://user:s3cret@grafana.example", "https://s3cret@grafana.example", "s3cret@x"]) {
      expect(() => buildDashboards({ [key]: url })).toThrow(
        new TypeError(
          `${key}: expected an http or https address without user name and password, got a string`,
        ),
      );
    }
  },
);
