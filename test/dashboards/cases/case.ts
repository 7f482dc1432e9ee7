import { join } from "node:path";
import type { DashboardsConfig } from "@intercom-telemetry/dashboards";
import { buildRules } from "@intercom-telemetry/dashboards";
import { writeYaml } from "../promtool.ts";

/** One series, its values in the notation of promtool's unit tests. */
export interface CaseSeries {
  readonly series: string;
  readonly values: string;
}

/** What an expression gives at a time. */
export interface CaseQuery {
  readonly minute: number;
  readonly expr: string;
  /** Value by labels, `{}` for none. */
  readonly samples: Readonly<Record<string, number>>;
}

/** Traffic of an untidy cluster, and what the shipped rules make of it. */
export interface Case {
  readonly name: string;
  readonly config?: DashboardsConfig;
  readonly scrapeSeconds?: number;
  readonly evaluationSeconds?: number;
  /** As where somebody forgot to load them. */
  readonly withoutRecordingRules?: true;
  /** Only groups with such names, which keeps a case of days cheap. */
  readonly groups?: RegExp;
  readonly series: readonly CaseSeries[];
  /** All alerts that fire at a time, as `Name{label="value"}` with the labels that tell them apart. */
  readonly firing?: readonly { readonly minute: number; readonly alerts: readonly string[] }[];
  readonly queries?: readonly CaseQuery[];
}

const IDENTITY = "alertname, env, job, instance, client, method, url_template, reason";

function toSample(alert: string): { readonly labels: string; readonly value: number } {
  const [, name = "", rest = ""] = /^(\w+)\{(.*)\}$/.exec(alert) ?? [];
  return { labels: `{alertname="IntercomClient${name}",${rest}}`, value: 1 };
}

/** Writes a case as promtool's unit test over all shipped rules; returns the test's file. */
export function writeCase(folder: string, index: number, entry: Case): string {
  const { config, scrapeSeconds = 15, evaluationSeconds = 30, series, firing = [], queries = [] } = entry;
  const { groups: written } = buildRules(config);
  const groups = written.filter((group) => entry.groups?.test(group.name) ?? true);
  const rules = entry.withoutRecordingRules
    ? groups.filter(({ rules: [first] }) => first && "alert" in first)
    : groups;
  const name = `case-${index}`;
  // promtool evaluates all groups at one interval.
  writeYaml(join(folder, `${name}.rules.yml`), {
    groups: rules.map((group) => ({ ...group, interval: `${evaluationSeconds}s` })),
  });
  const alertsAt = firing.map(({ minute, alerts }) => ({
    eval_time: `${minute}m`,
    expr: `group by (${IDENTITY}) (ALERTS{alertstate="firing"})`,
    exp_samples: alerts.map(toSample),
  }));
  const values = queries.map(({ minute, expr, samples }) => ({
    eval_time: `${minute}m`,
    expr,
    exp_samples: Object.entries(samples).map(([labels, value]) => ({ labels, value })),
  }));
  const file = join(folder, `${name}.test.yml`);
  writeYaml(file, {
    rule_files: [`${name}.rules.yml`],
    evaluation_interval: `${evaluationSeconds}s`,
    tests: [
      { interval: `${scrapeSeconds}s`, input_series: series, promql_expr_test: [...alertsAt, ...values] },
    ],
  });
  return file;
}
