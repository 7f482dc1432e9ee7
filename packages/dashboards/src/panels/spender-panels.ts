import type { ResolvedConfig } from "../config/options.ts";
import { RATE_LIMITED_MATCHER } from "../promql/error-codes.ts";
import { sumBy } from "../promql/idioms.ts";
import { RECORDS } from "../promql/records.ts";
import { clientLabels, rawMetric, select } from "../promql/select.ts";
import type { PanelSpec } from "./grafana.ts";
import { timeSeries } from "./kinds.ts";
import { PANEL_IDS } from "./panel-ids.ts";
import { CLIENT_SCOPE, PROCESS_SCOPE, RATE_INTERVAL } from "./scope.ts";

const ids = PANEL_IDS.rateLimit;

function limitedBy(config: ResolvedConfig, labels: readonly string[]): string {
  const limited = rawMetric(config, "requests", [...PROCESS_SCOPE, RATE_LIMITED_MATCHER]);
  return `topk(10, ${sumBy(labels, `rate(${limited}[${RATE_INTERVAL}])`)} * 60)`;
}

function byOperation(config: ResolvedConfig): PanelSpec {
  return timeSeries(
    config,
    {
      id: ids.byOperation,
      title: "429 answers a minute by operation",
      description:
        "Spread like the traffic: the window is used up. On one operation alone, such as an export: a limit on jobs, where waiting for the window does not help.",
      queries: [{ expr: limitedBy(config, ["url_template"]), legend: "{{url_template}}" }],
      unit: "short",
      noValue: "No 429",
      columns: 12,
    },
    { stack: true },
  );
}

function byProcess(config: ResolvedConfig): PanelSpec {
  return timeSeries(
    config,
    {
      id: ids.byProcess,
      title: "429 answers a minute by process",
      description: "Who gets hurt, which need not be who spends: compare with the next panel.",
      queries: [{ expr: limitedBy(config, ["job", "instance"]), legend: "{{job}} {{instance}}" }],
      unit: "short",
      noValue: "No 429",
      columns: 12,
    },
    { stack: true },
  );
}

function spenders(config: ResolvedConfig): PanelSpec {
  const labels = [...clientLabels(config), "job", "instance"];
  const own = sumBy(labels, `rate(${rawMetric(config, "requests", PROCESS_SCOPE)}[${RATE_INTERVAL}])`);
  const by = clientLabels(config).join(", ");
  return timeSeries(
    config,
    {
      id: ids.spenders,
      title: "Who spends the quota, ten largest",
      description:
        "Each process's requests as a share of what a window allows. Give background work a ceiling before you ask for a higher limit.",
      queries: [
        {
          expr: `topk(10, ${config.windowSeconds} * ${own} / on (${by}) group_left () ${select(RECORDS.limit, CLIENT_SCOPE)})`,
          legend: "{{job}} {{instance}}",
        },
      ],
      unit: "percentunit",
      noValue: "Quota not known",
      columns: 12,
    },
    { stack: true },
  );
}

function others(config: ResolvedConfig): PanelSpec {
  return timeSeries(
    config,
    {
      id: ids.others,
      title: "Spent by others, at least",
      description:
        "Quota that is gone and that no process seen here has used, averaged over ten minutes. Near zero is good; a high line is another app or a process without the instrumentation.",
      queries: [
        { expr: `avg_over_time(${select(RECORDS.others, CLIENT_SCOPE)}[10m])`, legend: "{{client}}" },
      ],
      unit: "percentunit",
      noValue: "Quota not known",
      columns: 12,
    },
    { reaches: 0.25 },
  );
}

/** Who uses the quota and who pays for it. */
export function spenderPanels(config: ResolvedConfig): readonly PanelSpec[] {
  return [byOperation(config), byProcess(config), spenders(config), others(config)];
}
