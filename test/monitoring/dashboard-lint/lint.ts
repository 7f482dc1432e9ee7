import { flattenPanels, type LintedDashboard } from "./model.ts";
import { DASHBOARD_RULES, PANEL_RULES } from "./panel-rules.ts";
import { TARGET_RULES } from "./target-rules.ts";

/** One place that breaks a rule. */
export interface Violation {
  readonly rule: string;
  readonly dashboard: string;
  readonly panel?: string;
  readonly what: string;
}

/** What an exception covers: a dashboard, or a panel of it. */
export interface Entry {
  readonly dashboard?: string;
  readonly panel?: string;
}

/** The exceptions of a `.lint` file, by rule, as dashboard-linter reads them. */
export type Exclusions = Readonly<
  Record<string, { readonly reason?: string; readonly entries?: readonly Entry[] }>
>;

/** Every place of a dashboard that breaks a rule. */
export function lintDashboard(dashboard: LintedDashboard): readonly Violation[] {
  const place = { dashboard: dashboard.title };
  const own = Object.entries(DASHBOARD_RULES).flatMap(([rule, check]) =>
    check(dashboard).map((what) => ({ rule, ...place, what })),
  );
  const panels = flattenPanels(dashboard.panels).flatMap((panel) => [
    ...Object.entries(PANEL_RULES).flatMap(([rule, check]) =>
      check(panel).map((what) => ({ rule, ...place, panel: panel.title, what })),
    ),
    ...(panel.targets ?? []).flatMap(({ expr, refId }) =>
      Object.entries(TARGET_RULES).flatMap(([rule, check]) =>
        check(expr).map((what) => ({
          rule,
          ...place,
          panel: panel.title,
          what: `${refId}: ${what}`,
        })),
      ),
    ),
  ]);
  return [...own, ...panels];
}

/** Tells whether an exception covers a violation. */
export function covers(entry: Entry, { dashboard, panel }: Violation): boolean {
  return entry.dashboard === dashboard && (entry.panel === undefined || entry.panel === panel);
}
