import { join } from "node:path";
import type { Alert, AlertName, RecordingRule } from "@intercom-telemetry/dashboards";
import { ALERT_NAMES, buildRules, describeAlerts } from "@intercom-telemetry/dashboards";
import { writeYaml } from "../promtool.ts";
import { BLIND_SPOT_SCENARIO } from "./blind-spot-scenario.ts";
import { FEW_SCENARIOS } from "./few-scenarios.ts";
import { GAUGE_SCENARIOS } from "./gauge-scenarios.ts";
import { LONG_SCENARIOS } from "./long-scenarios.ts";
import { REQUEST_SCENARIOS } from "./request-scenarios.ts";
import type { Expectation, Mutation, Scenario } from "./scenario.ts";
import { SLO_SCENARIOS } from "./slo-scenarios.ts";

/** Every alert switched on. */
export const ALL_ON = {
  alerts: Object.fromEntries(ALERT_NAMES.map((name) => [name, { enabled: true }])),
  grafanaBaseUrl: "https://grafana.example",
};

/** One scenario for each alert. */
export const SCENARIOS: readonly Scenario[] = [
  ...SLO_SCENARIOS,
  ...REQUEST_SCENARIOS,
  ...FEW_SCENARIOS,
  BLIND_SPOT_SCENARIO,
  ...GAUGE_SCENARIOS,
  ...LONG_SCENARIOS,
];

const alerts = new Map(describeAlerts(ALL_ON).map((alert) => [alert.name, alert]));
const { groups } = buildRules(ALL_ON);
const recording = groups.flatMap(({ rules }) => rules).filter((rule) => "record" in rule);

/** The recording rules that an expression reads, and those that they read, in order: the others would only cost time. */
function rulesBehind(expr: string): readonly RecordingRule[] {
  let wanted = [expr];
  const needed = [...recording].reverse().filter(({ record, expr: source }) => {
    const isRead = wanted.some((text) => text.includes(record));
    if (isRead) wanted = [...wanted, source];
    return isRead;
  });
  return needed.reverse();
}

/** The alert of a scenario. */
export function alertOf(name: AlertName): Alert {
  const alert = alerts.get(name);
  if (!alert) throw new Error(`expected an alert called ${name}`);
  return alert;
}

function expand(template: string, { labels, value, evidence = "" }: Expectation): string {
  return template
    .replaceAll(/\{\{ with printf .*?\{\{ end \}\}/g, evidence)
    .replaceAll(/\{\{ \$value(?: \| \w+)? \}\}/g, value)
    .replaceAll(/\{\{ \$labels\.(\w+)(?: \| urlquery)? \}\}/g, (_, label: string) => labels[label] ?? "");
}

function expectedAlert(alert: Alert, expectation: Expectation): unknown {
  const annotations = Object.entries(alert.annotations).map(([name, text]) => [
    name,
    expand(text, expectation),
  ]);
  return {
    exp_labels: { ...expectation.labels, ...alert.labels },
    exp_annotations: Object.fromEntries(annotations),
  };
}

/** Writes rules and test of a scenario, the rule changed by a mutation if one is given; returns the test's file. */
export function writeUnitTest(
  folder: string,
  name: string,
  scenario: Scenario,
  mutation?: Mutation | undefined,
  duration: string = alertOf(scenario.alert).for,
): string {
  const alert = alertOf(scenario.alert);
  const expr = mutation ? alert.expr.replaceAll(mutation.from, mutation.to) : alert.expr;
  if (mutation && expr === alert.expr)
    throw new Error(`${alert.name}: the mutation "${mutation.what}" changes nothing`);
  const rule = {
    alert: alert.name,
    expr,
    for: duration,
    labels: alert.labels,
    annotations: alert.annotations,
  };
  const rules = [{ name: "all", rules: [...(scenario.recorded ? [] : rulesBehind(expr)), rule] }];
  writeYaml(join(folder, `${name}.rules.yml`), { groups: rules });
  const step = scenario.stepMinutes;
  const test = {
    interval: step === undefined ? "15s" : `${step}m`,
    input_series: scenario.input,
    alert_rule_test: [
      ...(scenario.pendingAtMinute === undefined
        ? []
        : [{ eval_time: `${scenario.pendingAtMinute}m`, alertname: alert.name, exp_alerts: [] }]),
      {
        eval_time: `${scenario.firingAtMinute}m`,
        alertname: alert.name,
        exp_alerts: scenario.firing.map((expectation) => expectedAlert(alert, expectation)),
      },
      { eval_time: `${scenario.resolvedAtMinute}m`, alertname: alert.name, exp_alerts: [] },
    ],
  };
  const file = join(folder, `${name}.test.yml`);
  writeYaml(file, { rule_files: [`${name}.rules.yml`], evaluation_interval: `${step ?? 1}m`, tests: [test] });
  return file;
}
