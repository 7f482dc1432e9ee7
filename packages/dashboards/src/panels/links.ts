import type { ResolvedConfig } from "../config/options.ts";
import type { DashboardKey } from "../names/dashboards.ts";
import type { DataLink } from "./grafana.ts";

/** Leads to another dashboard with the time and the variables of this one. */
export function toDashboard({ dashboards }: ResolvedConfig, key: DashboardKey, title: string): DataLink {
  return { title, url: `/d/${dashboards[key].uid}?\${__url_time_range}&\${__all_variables}` };
}

/** Leads from an alert's name, in a column of a table, to its runbook. */
export function toRunbook({ runbookBaseUrl }: ResolvedConfig, column: string): DataLink {
  return {
    title: "Runbook",
    url: `${runbookBaseUrl}/\${__data.fields.${column}}.md`,
    targetBlank: true,
  };
}

/** Leads from an error code, in a column of a table, to its entry. */
export function toErrorCode({ runbookBaseUrl }: ResolvedConfig, column: string): DataLink {
  return {
    title: "What it means",
    url: `${runbookBaseUrl}/error-codes.md#\${__data.fields["${column}"]}`,
    targetBlank: true,
  };
}

/** Leads from a series with a label to the spans with that attribute, at the time that is looked at. */
export function toTraces(config: ResolvedConfig, attribute: string, label: string): DataLink {
  const query = `{ span.${attribute} = "\${__field.labels.${label}}" }`;
  const pane = {
    datasource: config.tracesDatasourceUid,
    queries: [{ refId: "A", queryType: "traceql", query }],
    range: { from: `\${__from}`, to: `\${__to}` },
  };
  return { title: "Traces", url: `/explore?schemaVersion=1&panes=${encodePane({ traces: pane })}` };
}

/** Grafana replaces variables before it goes there: they have to stay readable. */
function encodePane(pane: unknown): string {
  return encodeURIComponent(JSON.stringify(pane)).replaceAll(
    /%24%7B([\w.]+)%7D/g,
    (_, variable: string) => `\${${variable}}`,
  );
}
