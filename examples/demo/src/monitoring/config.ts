import { ALERT_NAMES, type DashboardsConfig } from "@intercom-telemetry/dashboards";

/** Time between two scrapes of each process. */
export const SCRAPE_INTERVAL_SECONDS = 2;

const EVALUATION_INTERVAL_SECONDS = 5;

/** Long enough to be seen as pending, short enough to fire within a chapter. */
const ALERTS_WAIT = "20s";

/** The dashboards for a visit of some minutes: quicker intervals and shorter waits, the same expressions. */
export const DEMO_CONFIG: DashboardsConfig = {
  scrapeIntervalSeconds: SCRAPE_INTERVAL_SECONDS,
  evaluationIntervalSeconds: EVALUATION_INTERVAL_SECONDS,
  refresh: "5s",
  alerts: Object.fromEntries(ALERT_NAMES.map((name) => [name, { for: ALERTS_WAIT }])),
};
