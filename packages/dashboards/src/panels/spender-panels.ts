import { PANEL_IDS } from "../names/panel-ids.ts";
import { RECORDS } from "../names/records.ts";
import { categoryMatcher } from "../promql/categories.ts";
import { select, sumBy } from "../promql/idioms.ts";
import type { PanelSpec } from "./grafana.ts";
import type { PanelKit } from "./kit.ts";
import { RATE_INTERVAL } from "./kit.ts";
import { redAbove } from "./threshold-steps.ts";

const ids = PANEL_IDS.rateLimit;

function byOperation({ promql, timeSeries, processScope }: PanelKit): PanelSpec {
  const { raw } = promql;
  const limitedBy = (by: readonly string[]): string => {
    const limited = raw("requests", [...processScope, categoryMatcher("rate_limit")]);
    return `topk(10, ${sumBy(by, `rate(${limited}[${RATE_INTERVAL}])`)} * 60)`;
  };
  return timeSeries(
    {
      id: ids.byOperation,
      title: "429s per minute by operation",
      description:
        "Spread like the traffic: the window is used up. On one operation alone, such as an export: a limit on jobs, where waiting for the window does not help.",
      queries: [{ expr: limitedBy(["method", "url_template"]), legend: "{{method}} {{url_template}}" }],
      unit: "short",
      noValue: "No 429",
      columns: 12,
    },
    { stack: true },
  );
}

function byProcess({ promql, timeSeries, processScope }: PanelKit): PanelSpec {
  const { raw } = promql;
  const limitedBy = (by: readonly string[]): string => {
    const limited = raw("requests", [...processScope, categoryMatcher("rate_limit")]);
    return `topk(10, ${sumBy(by, `rate(${limited}[${RATE_INTERVAL}])`)} * 60)`;
  };
  return timeSeries(
    {
      id: ids.byProcess,
      title: "429s per minute by process",
      description:
        "Processes hit by 429s, which are not always the ones that use the quota: compare with the next panel.",
      queries: [{ expr: limitedBy(["job", "instance"]), legend: "{{job}} {{instance}}" }],
      unit: "short",
      noValue: "No 429",
      columns: 12,
    },
    { stack: true },
  );
}

function spenders({ promql, timeSeries, clientScope, processScope }: PanelKit): PanelSpec {
  const { config, labels, raw, sum } = promql;
  const own = sum("instance", `rate(${raw("requests", processScope)}[${RATE_INTERVAL}])`);
  const limit = select(RECORDS.limit, clientScope);
  return timeSeries(
    {
      id: ids.spenders,
      title: "Who uses the quota, ten largest",
      description:
        "Each process's requests as a share of what a window allows. Give background work a ceiling before you ask for a higher limit.",
      queries: [
        {
          expr: `topk(10, ${config.windowSeconds} * ${own} / on (${labels("client").join(", ")}) group_left () ${limit})`,
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

function others({ promql, timeSeries, clientScope }: PanelKit): PanelSpec {
  const { config } = promql;
  return timeSeries(
    {
      id: ids.others,
      title: "Used by others, at least",
      description:
        "Quota that is gone and that no process seen here has used, over ten minutes. Near zero is good; above the line it is another app or a process without the instrumentation, and the rate-limit alerts say so.",
      queries: [{ expr: select(RECORDS.others, clientScope), legend: "{{client}}" }],
      unit: "percentunit",
      noValue: "Quota not known",
      thresholds: redAbove(config.thresholds.othersUsedRatio),
      columns: 12,
    },
    { thresholdLines: true },
  );
}

/** Who uses the quota and who pays for it. */
export function spenderPanels(kit: PanelKit): readonly PanelSpec[] {
  return [byOperation(kit), byProcess(kit), spenders(kit), others(kit)];
}
