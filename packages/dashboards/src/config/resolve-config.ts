import { METRICS } from "@intercom-telemetry/core/contract";
import { checkInteger, checkObject, checkText, checkTextMap, checkTexts, refuse } from "./checks.ts";
import type { DashboardIdentity, DashboardKey, DashboardsConfig, ResolvedConfig } from "./options.ts";
import { DASHBOARD_KEYS } from "./options.ts";
import { resolveAlerts } from "./resolve-alerts.ts";
import { resolveSlo } from "./resolve-slo.ts";
import { resolveThresholds } from "./resolve-thresholds.ts";

const KEYS: Readonly<Record<keyof DashboardsConfig, true>> = {
  selector: true,
  groupLabels: true,
  windowSeconds: true,
  scrapeIntervalSeconds: true,
  evaluationIntervalSeconds: true,
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

const RUNBOOKS =
  "https://github.com/intercom-telemetry/intercom-telemetry/blob/main/packages/dashboards/runbooks";

const IDENTITIES: Readonly<Record<DashboardKey, DashboardIdentity>> = {
  overview: { uid: "intercom-client-overview", title: "Intercom client / Overview" },
  rateLimit: { uid: "intercom-client-rate-limit", title: "Intercom client / Rate limit" },
  slo: { uid: "intercom-client-slo", title: "Intercom client / SLO" },
  platform: { uid: "intercom-client-platform", title: "Intercom client / Platform" },
};

const NON_EMPTY = /\S/;
const UID = /^[a-zA-Z0-9_-]{1,40}$/;
const MATCHER = /^\s*([a-zA-Z_]\w*)\s*(=~|!~|!=|=)\s*("(?:[^"\\]|\\.)*")\s*(?:,|$)/;
// Labels that the queries group by or drop on purpose.
const OWN_LABELS: readonly string[] = [
  ...new Set([
    ...Object.values(METRICS).flatMap(({ labels }) => labels),
    "job",
    "instance",
    "le",
    "severity",
  ]),
];

function resolveSelector(value: unknown): readonly string[] {
  const expected = 'label matchers such as namespace="shop",cluster=~"eu-.*"';
  let rest = checkText("selector", value, "", /^/, expected);
  const matchers: string[] = [];
  while (rest.trim() !== "") {
    const match = MATCHER.exec(rest);
    if (!match) refuse("selector", expected, value);
    matchers.push(`${match[1]}${match[2]}${match[3]}`);
    rest = rest.slice(match[0].length);
  }
  return matchers;
}

function resolveGroupLabels(value: unknown): readonly string[] {
  const labels = checkTexts("groupLabels", value, [], /^[a-zA-Z_][a-zA-Z0-9_]*$/, "a label name");
  const taken = labels.find((label) => OWN_LABELS.includes(label));
  if (taken !== undefined) refuse("groupLabels", "labels that your scrape adds, not one of ours", taken);
  return labels;
}

function resolveDashboards(value: unknown): ResolvedConfig["dashboards"] {
  const given = checkObject("dashboards", value, DASHBOARD_KEYS);
  const resolve = (name: DashboardKey): DashboardIdentity => {
    const key = `dashboards.${name}`;
    const { uid, title } = checkObject(key, given[name], ["uid", "title"]);
    return {
      uid: checkText(`${key}.uid`, uid, IDENTITIES[name].uid, UID, "1 to 40 letters, digits, - or _"),
      title: checkText(`${key}.title`, title, IDENTITIES[name].title, NON_EMPTY, "a title"),
    };
  };
  const resolved = {
    overview: resolve("overview"),
    rateLimit: resolve("rateLimit"),
    slo: resolve("slo"),
    platform: resolve("platform"),
  };
  const uids = DASHBOARD_KEYS.map((name) => resolved[name].uid);
  const twice = uids.find((uid, index) => uids.indexOf(uid) !== index);
  if (twice !== undefined) refuse("dashboards", "a uid of its own for each dashboard", twice);
  return resolved;
}

function resolveTags(value: unknown): readonly string[] {
  const tags = checkTexts("tags", value, ["intercom"], NON_EMPTY, "a tag");
  if (tags.length === 0)
    refuse("tags", "at least one tag, by which the dashboards link to each other", value);
  return tags;
}

function resolveUrl(key: string, value: unknown): string | undefined {
  if (value === undefined) return undefined;
  const url = checkText(key, value, "", /^https?:\/\/[^\s"<>]+$/, "an http or https address");
  return url.replace(/\/+$/, "");
}

function resolveKubernetes(value: unknown): ResolvedConfig["kubernetes"] {
  const given = checkObject("kubernetes", value, ["namespace", "ruleLabels", "dashboardLabels"]);
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
    windowSeconds: checkInteger("windowSeconds", given.windowSeconds, 10, [1, 3600]),
    scrapeIntervalSeconds: checkInteger("scrapeIntervalSeconds", given.scrapeIntervalSeconds, 15, [1, 60]),
    evaluationIntervalSeconds: checkInteger(
      "evaluationIntervalSeconds",
      given.evaluationIntervalSeconds,
      30,
      [1, 60],
    ),
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
