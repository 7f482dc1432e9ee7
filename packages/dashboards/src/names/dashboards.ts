/** The four dashboards. */
export const DASHBOARD_KEYS = ["overview", "rateLimit", "slo", "platform"] as const;

/** Short name of a dashboard. */
export type DashboardKey = (typeof DASHBOARD_KEYS)[number];

/** A panel that an alert or a link points at. */
export interface PanelReference {
  readonly dashboard: DashboardKey;
  readonly id: number;
}
