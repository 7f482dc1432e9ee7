import type { LintedDashboard, LintedPanel, LintedVariable } from "./model.ts";

/** The variable for the data source, in the form that Grafana documents. */
export const DATASOURCE = `\${datasource}`;
/** Panels whose values have a unit. */
const WITH_UNIT = ["stat", "timeseries", "gauge", "singlestat"];
const REFRESH_ON_TIME_CHANGE = 2;

/** The rules of Grafana's dashboard-linter about panels, under its names. */
export const PANEL_RULES: Readonly<Record<string, (panel: LintedPanel) => readonly string[]>> = {
  "panel-title-description-rule": ({ title, description }) =>
    title && description ? [] : ["no title or no description"],
  "panel-datasource-rule": ({ datasource, targets = [] }) =>
    [datasource, ...targets.map((target) => target.datasource)]
      .filter((ref) => ref !== undefined && ref.uid !== DATASOURCE)
      .map((ref) => `datasource ${ref?.uid} is not ${DATASOURCE}`),
  "panel-units-rule": ({ type, fieldConfig }) =>
    WITH_UNIT.includes(type) && !fieldConfig?.defaults.unit ? ["no unit"] : [],
  "panel-no-targets-rule": ({ type, targets = [] }) =>
    type !== "text" && targets.length === 0 ? ["no query"] : [],
};

function checkProcessVariable(
  name: string,
  label: string,
  variable: LintedVariable | undefined,
): readonly string[] {
  if (!variable) return [`no variable ${name}`];
  const wanted = { type: "query", label, multi: true, includeAll: true, allValue: ".+" };
  return Object.entries(wanted)
    .filter(([key, value]) => variable[key as keyof LintedVariable] !== value)
    .map(([key, value]) => `${name}: ${key} is not ${value}`);
}

const find = ({ templating }: LintedDashboard, name: string): LintedVariable | undefined =>
  templating.list.find((variable) => variable.name === name);

/** The rules of Grafana's dashboard-linter about whole dashboards, under its names. */
export const DASHBOARD_RULES: Readonly<Record<string, (dashboard: LintedDashboard) => readonly string[]>> = {
  "uneditable-dashboard": ({ editable }) => (editable ? ["it can be edited"] : []),
  "template-datasource-rule": (dashboard) => {
    const variable = find(dashboard, "datasource");
    if (!variable) return ["no variable datasource"];
    const isRight = variable.type === "datasource" && variable.query === "prometheus";
    return isRight && variable.label === "Data source"
      ? []
      : ['datasource: expected the label "Data source"'];
  },
  "template-job-rule": (dashboard) => checkProcessVariable("job", "Job", find(dashboard, "job")),
  "template-instance-rule": (dashboard) =>
    checkProcessVariable("instance", "Instance", find(dashboard, "instance")),
  "template-on-time-change-reload-rule": ({ templating }) =>
    templating.list
      .filter(({ type, refresh }) => type === "query" && refresh !== REFRESH_ON_TIME_CHANGE)
      .map(({ name }) => `${name} is not read again when the time range changes`),
};
