import type { MetricKey } from "@intercom-telemetry/core/contract";
import type { Variable } from "../panels/grafana.ts";
import { DATASOURCE } from "../panels/panel.ts";
import type { Promql } from "../promql/promql.ts";

const datasource: Variable = {
  name: "datasource",
  label: "Data source",
  type: "datasource",
  query: "prometheus",
  options: [],
  hide: 0,
};

function labelValues(name: string, label: string, series: string): Variable {
  const query = `label_values(${series}, ${name})`;
  return {
    name,
    label,
    type: "query",
    query: { query, refId: `variable-${name}` },
    datasource: DATASOURCE,
    multi: true,
    includeAll: true,
    allValue: ".+",
    refresh: 2,
    sort: 1,
    current: { text: ["All"], value: ["$__all"] },
    options: [],
    hide: 0,
  };
}

const name = (label: string): string => label[0]?.toUpperCase() + label.slice(1).replaceAll("_", " ");

function groupVariables({ config, raw }: Promql, source: MetricKey): readonly Variable[] {
  return config.groupLabels.map((label) => labelValues(label, name(label), raw(source)));
}

const matchers = (labels: readonly string[]): readonly string[] =>
  labels.map((label) => `${label}=~"$${label}"`);

/** Variables for data source, group labels, job, instance and client, each narrowed by those before it. */
export function processVariables(promql: Promql, source: MetricKey): readonly Variable[] {
  const { config, raw } = promql;
  const groups = config.groupLabels;
  return [
    datasource,
    ...groupVariables(promql, source),
    labelValues("job", "Job", raw(source, matchers(groups))),
    labelValues("instance", "Instance", raw(source, matchers([...groups, "job"]))),
    labelValues("client", "Client", raw(source, matchers([...groups, "job"]))),
  ];
}

/** Variable for operations. */
export function operationVariable({ config, raw }: Promql): Variable {
  const scope = matchers([...config.groupLabels, "job", "client"]);
  return labelValues("url_template", "Operation", raw("requests", scope));
}

/** Variables for data source and probed client. No job: a link from a service's dashboard would bring the wrong one. */
export function probeVariables(promql: Promql): readonly Variable[] {
  const scope = matchers(promql.config.groupLabels);
  return [
    datasource,
    ...groupVariables(promql, "probeSuccess"),
    labelValues("client", "Client", promql.raw("probeSuccess", scope)),
  ];
}
