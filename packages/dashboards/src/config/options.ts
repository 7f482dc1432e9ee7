import type { AlertName, Severity } from "../names/alert-names.ts";
import type { DashboardKey } from "../names/dashboards.ts";
import type { BurnRate, BurnSpeed, Slo } from "./slo.ts";
import type { ThresholdKey, Thresholds } from "./thresholds.ts";

/** What may be changed about one alert. */
export interface AlertOptions {
  /** `false` leaves the alert out. Opt-in alerts need `true`. */
  readonly enabled?: boolean | undefined;
  /** How long the condition must hold, e.g. `10m`. */
  readonly for?: string | undefined;
  readonly severity?: Severity | undefined;
  /** Added to the alert's labels, e.g. a team. Never put a value of the query here: each value is a new alert. */
  readonly labels?: Readonly<Record<string, string>> | undefined;
  /** Added to the annotations, or replaces one of them. */
  readonly annotations?: Readonly<Record<string, string>> | undefined;
}

/** The objective for calls, and how fast its budget may burn. */
export interface SloOptions {
  /** Share of calls that should succeed. Default 0.999. */
  readonly objectiveRatio?: number | undefined;
  /** Days over which the objective holds. Prometheus must keep them. Default 30. */
  readonly periodDays?: number | undefined;
  /** Only these error codes spend the budget. Default: Intercom's faults, the network, and rate limits no retry healed. */
  readonly failedErrorCodes?: readonly string[] | undefined;
  /** Windows and factor of each burn-rate alert. */
  readonly burnRates?: Readonly<Partial<Record<BurnSpeed, Partial<BurnRate>>>> | undefined;
}

/** What may be changed about one dashboard. A changed `uid` breaks links that people have saved. */
export interface DashboardOptions {
  readonly uid?: string | undefined;
  readonly title?: string | undefined;
}

/** Names used by the Kubernetes manifests. */
export interface KubernetesOptions {
  /** Default: none, so that `kubectl -n` decides. */
  readonly namespace?: string | undefined;
  /** Labels by which your Prometheus operator selects rules, e.g. `{ release: "kube-prometheus-stack" }`. */
  readonly ruleLabels?: Readonly<Record<string, string>> | undefined;
  /** Labels by which the Grafana sidecar finds dashboards. Default `{ grafana_dashboard: "1" }`. */
  readonly dashboardLabels?: Readonly<Record<string, string>> | undefined;
  /** Labels of the `Grafana` that the Grafana operator manages. Default `{ dashboards: "grafana" }`. */
  readonly grafanaLabels?: Readonly<Record<string, string>> | undefined;
}

/** Everything that can be set. Every key has a default that suits a first installation. */
export interface DashboardsConfig {
  /** Label matchers put on every raw metric, e.g. `namespace="shop"`. Use it when metrics share names with others. */
  readonly selector?: string | undefined;
  /** Labels kept beside `job` and `client` in rules, alerts and variables, e.g. `["cluster", "namespace"]`. */
  readonly groupLabels?: readonly string[] | undefined;
  /** Jobs that must always report: without one of them an alert fires until it is back, however long that takes. */
  readonly expectedJobs?: readonly string[] | undefined;
  /** Jobs that come and go, such as a cron job: their absence is not an alert. */
  readonly batchJobs?: readonly string[] | undefined;
  /** Length of Intercom's rate-limit window. Default 10. Change it only when Intercom does. */
  readonly windowSeconds?: number | undefined;
  /** How often Prometheus scrapes, at most every 60 seconds. Sets the panels' minimum interval. Default 15. */
  readonly scrapeIntervalSeconds?: number | undefined;
  /** How often rules are evaluated. Default 30. */
  readonly evaluationIntervalSeconds?: number | undefined;
  /** `false` as soon as one service records with `durationPerOperation: false`: durations are then read by client. Default `true`. */
  readonly durationPerOperation?: boolean | undefined;
  readonly slo?: SloOptions | undefined;
  /** Thresholds of panels and alerts. */
  readonly thresholds?: Readonly<Partial<Record<ThresholdKey, number>>> | undefined;
  readonly alerts?: Readonly<Partial<Record<AlertName, AlertOptions>>> | undefined;
  /** Folder with the runbooks, as an address. Default: this project's repository, at the installed version. */
  readonly runbookBaseUrl?: string | undefined;
  /** Address of your Grafana. With it, each alert links to its panel. */
  readonly grafanaBaseUrl?: string | undefined;
  readonly dashboards?: Readonly<Partial<Record<DashboardKey, DashboardOptions>>> | undefined;
  /** Tags of the dashboards; the first links them with each other. Default `["intercom"]`. */
  readonly tags?: readonly string[] | undefined;
  /** Refresh interval of the dashboards, e.g. `30s`; empty for none. Default `1m`. */
  readonly refresh?: string | undefined;
  /** `browser`, `utc` or an IANA name. Default `browser`. */
  readonly timezone?: string | undefined;
  /** Grafana folder of dashboards and alerts. Default `Intercom`. */
  readonly folder?: string | undefined;
  /** Uid of the Prometheus data source in provisioning files. Default `prometheus`. */
  readonly datasourceUid?: string | undefined;
  /** Address at which Grafana reaches Prometheus, for the data source file. Default `http://prometheus:9090`. */
  readonly prometheusUrl?: string | undefined;
  /** Uid of the tracing data source to which exemplars lead. Default `tempo`. */
  readonly tracesDatasourceUid?: string | undefined;
  readonly kubernetes?: KubernetesOptions | undefined;
}

/** One dashboard's identity. */
export interface DashboardIdentity {
  readonly uid: string;
  readonly title: string;
}

/** The configuration with every default filled in and every value checked. */
export interface ResolvedConfig {
  readonly selector: readonly string[];
  readonly groupLabels: readonly string[];
  readonly expectedJobs: readonly string[];
  readonly batchJobs: readonly string[];
  readonly windowSeconds: number;
  readonly scrapeIntervalSeconds: number;
  readonly evaluationIntervalSeconds: number;
  readonly durationPerOperation: boolean;
  readonly slo: Slo;
  readonly thresholds: Thresholds;
  readonly alerts: Readonly<Partial<Record<AlertName, AlertOptions>>>;
  readonly runbookBaseUrl: string;
  readonly grafanaBaseUrl?: string | undefined;
  readonly dashboards: Readonly<Record<DashboardKey, DashboardIdentity>>;
  readonly tags: readonly string[];
  readonly refresh: string;
  readonly timezone: string;
  readonly folder: string;
  readonly datasourceUid: string;
  readonly prometheusUrl: string;
  readonly tracesDatasourceUid: string;
  readonly kubernetes: {
    readonly namespace?: string | undefined;
    readonly ruleLabels: Readonly<Record<string, string>>;
    readonly dashboardLabels: Readonly<Record<string, string>>;
    readonly grafanaLabels: Readonly<Record<string, string>>;
  };
}
