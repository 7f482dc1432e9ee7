import { headersUnknownShare } from "../alerts/conditions.ts";
import type { ResolvedConfig } from "../config/options.ts";
import { RATE_LIMITED_MATCHER } from "../promql/error-codes.ts";
import { sumBy } from "../promql/idioms.ts";
import { RECORDS } from "../promql/records.ts";
import { clientLabels, rawMetric, select } from "../promql/select.ts";
import type { PanelSpec } from "./grafana.ts";
import { timeSeries } from "./kinds.ts";
import { PANEL_IDS } from "./panel-ids.ts";
import { CLIENT_SCOPE, PROCESS_SCOPE, RATE_INTERVAL } from "./scope.ts";
import { redAbove } from "./threshold-steps.ts";

const ids = PANEL_IDS.rateLimit;
const DAY_SECONDS = 86_400;

function limitedBy(config: ResolvedConfig, labels: readonly string[]): string {
  const limited = rawMetric(config, "requests", [...PROCESS_SCOPE, RATE_LIMITED_MATCHER]);
  return `topk(10, ${sumBy(labels, `rate(${limited}[${RATE_INTERVAL}])`)} * 60)`;
}

function byEndpoint(config: ResolvedConfig): PanelSpec {
  return timeSeries(
    config,
    {
      id: ids.byEndpoint,
      title: "429 answers a minute by endpoint",
      description:
        "Spread like the traffic: the window is used up. On one endpoint alone, such as an export: a limit on jobs, where waiting for the window does not help.",
      queries: [{ expr: limitedBy(config, ["endpoint"]), legend: "{{endpoint}}" }],
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
  return timeSeries(config, {
    id: ids.others,
    title: "Spent by others, at least",
    description:
      "Quota that is gone and that no process seen here has used, averaged over ten minutes. Near zero is good; a high line is another app or a process without the instrumentation.",
    queries: [{ expr: `avg_over_time(${select(RECORDS.others, CLIENT_SCOPE)}[10m])`, legend: "{{client}}" }],
    unit: "percentunit",
    max: 1,
    noValue: "Quota not known",
    columns: 12,
  });
}

/** Who uses the quota and who pays for it. */
export function spenderPanels(config: ResolvedConfig): readonly PanelSpec[] {
  return [byEndpoint(config), byProcess(config), spenders(config), others(config)];
}

function reset(config: ResolvedConfig): PanelSpec {
  const timestamp = rawMetric(config, "rateLimitReset", PROCESS_SCOPE);
  return timeSeries(
    config,
    {
      id: ids.reset,
      title: "Until the window ends, at the scrape",
      description: `Up to ${config.windowSeconds} seconds, 0 when the last known window is over. More than a window means that a clock is off.`,
      queries: [
        {
          expr: `max by (${clientLabels(config).join(", ")}) (clamp_min(${timestamp} - timestamp(${timestamp}), 0))`,
          legend: "{{client}}",
        },
      ],
      unit: "s",
      noValue: "Quota not known",
      columns: 8,
    },
    { draw: "points" },
  );
}

function peaks(config: ResolvedConfig): PanelSpec {
  const { forecastDays, forecastDemandRatio } = config.thresholds;
  const peak = select(RECORDS.demandPeak, CLIENT_SCOPE);
  return timeSeries(
    config,
    {
      id: ids.peaks,
      title: `Daily peak of demand, and in ${forecastDays} days`,
      description:
        "The highest demand of the last 24 hours, and where two weeks of such peaks lead. When the second line reaches the mark, spread the work or ask Intercom for a higher limit.",
      queries: [
        { expr: peak, legend: "{{client}} peak" },
        {
          expr: `predict_linear(${peak}[14d:1h], ${forecastDays * DAY_SECONDS})`,
          legend: `{{client}} in ${forecastDays} days`,
        },
      ],
      unit: "percentunit",
      noValue: "Quota not known",
      thresholds: redAbove(forecastDemandRatio),
      columns: 8,
    },
    { thresholdLines: true },
  );
}

function unknownHeaders(config: ResolvedConfig): PanelSpec {
  return timeSeries(
    config,
    {
      id: ids.unknownHeaders,
      title: "Answers without rate-limit headers",
      description:
        "Share of requests. Refused tokens and gateway pages lack them; when most answers do, a proxy strips them and nobody sees the limit coming.",
      queries: [{ expr: headersUnknownShare(config, CLIENT_SCOPE), legend: "{{client}}" }],
      unit: "percentunit",
      max: 1,
      noValue: "No requests",
      thresholds: redAbove(config.thresholds.rateLimitUnknownRatio),
      columns: 8,
    },
    { thresholdLines: true },
  );
}

/** How the limit will be met later, and whether it is known at all. */
export function capacityPanels(config: ResolvedConfig): readonly PanelSpec[] {
  return [reset(config), peaks(config), unknownHeaders(config)];
}
