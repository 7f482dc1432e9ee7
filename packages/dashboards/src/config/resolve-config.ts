import { VERSION } from "@intercom-telemetry/core";
import {
  checkInteger,
  checkObject,
  checkSwitch,
  checkText,
  checkTextMap,
  checkTexts,
  refuse,
} from "./checks.ts";
import type { DashboardsConfig, ResolvedConfig } from "./options.ts";
import { NON_EMPTY, UID } from "./patterns.ts";
import { resolveAlerts } from "./resolve-alerts.ts";
import { resolveDashboards } from "./resolve-dashboards.ts";
import { resolveGroupLabels, resolveJobs, resolveSelector } from "./resolve-labels.ts";
import { resolveSlo } from "./resolve-slo.ts";
import { resolveThresholds } from "./resolve-thresholds.ts";

const KEYS: Readonly<Record<keyof DashboardsConfig, true>> = {
  selector: true,
  groupLabels: true,
  expectedJobs: true,
  batchJobs: true,
  windowSeconds: true,
  scrapeIntervalSeconds: true,
  evaluationIntervalSeconds: true,
  durationPerOperation: true,
  slo: true,
  thresholds: true,
  alerts: true,
  runbookBaseUrl: true,
  grafanaBaseUrl: true,
  dashboards: true,
  tags: true,
  refresh: true,
  timezone: true,
  folder: true,
  datasourceUid: true,
  prometheusUrl: true,
  tracesDatasourceUid: true,
  kubernetes: true,
};

// At the installed version: a runbook that speaks of other thresholds misleads.
const RUNBOOKS = `https://github.com/intercom-telemetry/intercom-telemetry/blob/v${VERSION}/packages/dashboards/runbooks`;

function resolveTags(value: unknown): readonly string[] {
  const tags = checkTexts("tags", value, ["intercom"], NON_EMPTY, "a tag");
  if (tags.length === 0)
    refuse("tags", "at least one tag, by which the dashboards link to each other", value);
  return tags;
}

function isPlainUrl(value: unknown): value is string {
  if (typeof value !== "string" || !/^https?:\/\/[^\s"<>]+$/.test(value) || !URL.canParse(value))
    return false;
  const { username, password } = new URL(value);
  return username === "" && password === "";
}

/** The address is written into dashboards and alerts for everybody to read; a wrong one may hold a password. */
function resolveUrl(key: string, value: unknown): string | undefined {
  if (value === undefined) return undefined;
  if (!isPlainUrl(value))
    throw new TypeError(`${key}: expected an http or https address without user name and password`);
  return value.replace(/(?<!\/)\/+$/, "");
}

function resolveKubernetes(value: unknown): ResolvedConfig["kubernetes"] {
  const given = checkObject("kubernetes", value, [
    "namespace",
    "ruleLabels",
    "dashboardLabels",
    "grafanaLabels",
  ]);
  const name = /^[a-zA-Z0-9][a-zA-Z0-9./_-]*$/;
  const namespace = checkText(
    "kubernetes.namespace",
    given.namespace,
    "",
    /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/,
    "a namespace",
  );
  return {
    namespace: namespace === "" ? undefined : namespace,
    ruleLabels: checkTextMap("kubernetes.ruleLabels", given.ruleLabels, name),
    dashboardLabels: checkTextMap(
      "kubernetes.dashboardLabels",
      given.dashboardLabels ?? { grafana_dashboard: "1" },
      name,
    ),
    grafanaLabels: checkTextMap(
      "kubernetes.grafanaLabels",
      given.grafanaLabels ?? { dashboards: "grafana" },
      name,
    ),
  };
}

/**
 * Fills in every default and checks every value.
 *
 * @throws TypeError that names the key, what was expected there and what came; unknown keys are refused.
 */
export function resolveConfig(config: DashboardsConfig = {}): ResolvedConfig {
  const given = checkObject("config", config, Object.keys(KEYS));
  return {
    selector: resolveSelector(given.selector),
    groupLabels: resolveGroupLabels(given.groupLabels),
    ...resolveJobs(given.expectedJobs, given.batchJobs),
    windowSeconds: checkInteger("windowSeconds", given.windowSeconds, 10, [1, 3600]),
    scrapeIntervalSeconds: checkInteger("scrapeIntervalSeconds", given.scrapeIntervalSeconds, 15, [1, 60]),
    evaluationIntervalSeconds: checkInteger(
      "evaluationIntervalSeconds",
      given.evaluationIntervalSeconds,
      30,
      [1, 60],
    ),
    durationPerOperation: checkSwitch("durationPerOperation", given.durationPerOperation) ?? true,
    slo: resolveSlo(given.slo),
    thresholds: resolveThresholds(given.thresholds),
    alerts: resolveAlerts(given.alerts),
    runbookBaseUrl: resolveUrl("runbookBaseUrl", given.runbookBaseUrl) ?? RUNBOOKS,
    grafanaBaseUrl: resolveUrl("grafanaBaseUrl", given.grafanaBaseUrl),
    dashboards: resolveDashboards(given.dashboards),
    tags: resolveTags(given.tags),
    refresh: checkText(
      "refresh",
      given.refresh,
      "1m",
      /^([1-9]\d*[smhd])?$/,
      "a duration such as 30s, or nothing",
    ),
    timezone: checkText("timezone", given.timezone, "browser", NON_EMPTY, "browser, utc or an IANA name"),
    folder: checkText("folder", given.folder, "Intercom", NON_EMPTY, "a folder name"),
    datasourceUid: checkText("datasourceUid", given.datasourceUid, "prometheus", UID, "a data source uid"),
    prometheusUrl: resolveUrl("prometheusUrl", given.prometheusUrl) ?? "http://prometheus:9090",
    tracesDatasourceUid: checkText(
      "tracesDatasourceUid",
      given.tracesDatasourceUid,
      "tempo",
      UID,
      "a data source uid",
    ),
    kubernetes: resolveKubernetes(given.kubernetes),
  };
}
