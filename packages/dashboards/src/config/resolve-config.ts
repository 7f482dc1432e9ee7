import { VERSION } from "@intercom-telemetry/core";
import {
  boolean,
  check,
  convert,
  integer,
  object,
  optional,
  orEmpty,
  type Problem,
  read,
  record,
  refine,
  refuse,
  type Shape,
  secret,
  string,
  withDefault,
} from "@intercom-telemetry/guards/shape";
import { ALERTS } from "./alert-shapes.ts";
import { DASHBOARDS } from "./dashboard-shapes.ts";
import { GROUP_LABELS, JOBS, refineJobs, SELECTOR } from "./label-shapes.ts";
import type { DashboardsConfig, ResolvedConfig } from "./options.ts";
import { SLO } from "./slo-shapes.ts";
import { strings, uid, visible } from "./strings.ts";
import { THRESHOLD_VALUES } from "./threshold-shapes.ts";

// At the installed version: a runbook that speaks of other thresholds misleads.
const RUNBOOKS = `https://github.com/intercom-telemetry/intercom-telemetry/blob/v${VERSION}/packages/dashboards/runbooks`;

const TAGS = refine(strings("a tag", /\S/), (tags, path, report) => {
  if (tags.length === 0)
    refuse(report, path, "at least one tag, by which the dashboards link to each other", tags);
});

function isPlainUrl(text: string): boolean {
  if (!/^https?:\/\/[^\s"<>]+$/.test(text) || !URL.canParse(text)) return false;
  const { username, password } = new URL(text);
  return username === "" && password === "";
}

/** The address is written into dashboards and alerts for everybody to read; a wrong one may hold a password. */
const ADDRESS: Shape<string> = convert(
  secret("an http or https address without user name and password", isPlainUrl),
  (address) => address.replace(/(?<!\/)\/+$/, ""),
);

const KUBERNETES_LABELS = record(string(), "a label name", (name) =>
  /^[a-zA-Z0-9][a-zA-Z0-9./_-]*$/.test(name),
);

const CONFIG: Shape<ResolvedConfig> = refineJobs(
  object<ResolvedConfig>({
    selector: withDefault(SELECTOR, []),
    groupLabels: withDefault(GROUP_LABELS, []),
    expectedJobs: withDefault(JOBS, []),
    batchJobs: withDefault(JOBS, []),
    windowSeconds: withDefault(integer(1, 3600), 10),
    scrapeIntervalSeconds: withDefault(integer(1, 60), 15),
    evaluationIntervalSeconds: withDefault(integer(1, 60), 30),
    durationPerOperation: withDefault(boolean, true),
    slo: orEmpty(SLO),
    thresholds: orEmpty(THRESHOLD_VALUES),
    alerts: withDefault(ALERTS, {}),
    runbookBaseUrl: withDefault(ADDRESS, RUNBOOKS),
    grafanaBaseUrl: optional(ADDRESS),
    dashboards: orEmpty(DASHBOARDS),
    tags: withDefault(TAGS, ["intercom"]),
    refresh: withDefault(string("a duration such as 30s, or nothing", /^([1-9]\d*[smhd])?$/), "1m"),
    timezone: withDefault(visible("browser, utc or an IANA name"), "browser"),
    folder: withDefault(visible("a folder name"), "Intercom"),
    datasourceUid: withDefault(uid("a data source uid"), "prometheus"),
    prometheusUrl: withDefault(ADDRESS, "http://prometheus:9090"),
    tracesDatasourceUid: withDefault(uid("a data source uid"), "tempo"),
    kubernetes: orEmpty(
      object<ResolvedConfig["kubernetes"]>({
        namespace: optional(string("a namespace", /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/)),
        ruleLabels: withDefault(KUBERNETES_LABELS, {}),
        dashboardLabels: withDefault(KUBERNETES_LABELS, { grafana_dashboard: "1" }),
        grafanaLabels: withDefault(KUBERNETES_LABELS, { dashboards: "grafana" }),
      }),
    ),
  }),
);

/**
 * Fills in every default and checks every value.
 *
 * @throws TypeError that names each wrong key, what was expected there and what came; unknown keys are refused.
 */
export function resolveConfig(config: DashboardsConfig = {}): ResolvedConfig {
  return check(CONFIG, config, "configuration");
}

/** What is wrong with one key of a configuration. */
export type ConfigProblem = Problem;

/** What is wrong with a configuration, key by key; empty when nothing is. For readers of files, which know the lines. */
export function findConfigProblems(config: unknown): readonly ConfigProblem[] {
  const reading = read(CONFIG, config);
  return "problems" in reading ? reading.problems : [];
}
