import { peakForecast } from "../alerts/capacity-alerts.ts";
import { allOf, headersUnknownShare } from "../alerts/conditions.ts";
import type { ResolvedConfig } from "../config/options.ts";
import { RECORDS } from "../promql/records.ts";
import { clientLabels, rawMetric, select } from "../promql/select.ts";
import { dashedLines } from "./colors.ts";
import type { PanelSpec } from "./grafana.ts";
import { timeSeries } from "./kinds.ts";
import { PANEL_IDS } from "./panel-ids.ts";
import { CLIENT_SCOPE, PROCESS_SCOPE } from "./scope.ts";
import { redAbove } from "./threshold-steps.ts";

const ids = PANEL_IDS.rateLimit;

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
  const forecast = peakForecast(config, CLIENT_SCOPE);
  return timeSeries(
    config,
    {
      id: ids.peaks,
      title: `Daily peak of demand, and in ${forecastDays} days`,
      description:
        "The highest demand of the last 24 hours, and, once there are seven days of them, where two weeks of such peaks lead. When the dashed line reaches the mark, spread the work or ask Intercom for a higher limit.",
      queries: [
        { expr: peak, legend: "{{client}} peak" },
        {
          expr: allOf(forecast.expr, forecast.enough),
          legend: `{{client}} in ${forecastDays} days`,
        },
      ],
      unit: "percentunit",
      noValue: "Quota not known",
      thresholds: redAbove(forecastDemandRatio),
      overrides: [dashedLines("B")],
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
