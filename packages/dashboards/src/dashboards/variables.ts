import type { MetricKey } from "@intercom-telemetry/core/contract";
import type { ResolvedConfig } from "../config/options.ts";
import type { Variable } from "../panels/grafana.ts";
import { DATASOURCE } from "../panels/panel.ts";
import { rawMetric } from "../promql/select.ts";

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

/** Drop-downs for data source, job, instance and client, each narrowed by those before it. */
export function processVariables(config: ResolvedConfig, source: MetricKey): readonly Variable[] {
  const job = 'job=~"$job"';
  return [
    datasource,
    labelValues("job", "Job", rawMetric(config, source)),
    labelValues("instance", "Instance", rawMetric(config, source, [job])),
    labelValues("client", "Client", rawMetric(config, source, [job])),
  ];
}

/** Variable for operations. */
export function operationVariable(config: ResolvedConfig): Variable {
  const scope = ['job=~"$job"', 'client=~"$client"'];
  return labelValues("url_template", "Operation", rawMetric(config, "requests", scope));
}

/** Drop-downs for data source and probed client. No job: a link from a service's dashboard would bring the wrong one. */
export function probeVariables(config: ResolvedConfig): readonly Variable[] {
  return [datasource, labelValues("client", "Client", rawMetric(config, "probeSuccess"))];
}
