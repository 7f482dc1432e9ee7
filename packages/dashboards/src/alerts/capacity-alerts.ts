import type { ResolvedConfig } from "../config/options.ts";
import { PANEL_IDS } from "../panels/panel-ids.ts";
import { RATE_WINDOW, RECORDS } from "../promql/records.ts";
import { clientLabels, rawMetric, select } from "../promql/select.ts";
import type { AlertDraft } from "./alert.ts";
import { above, allOf, compare, enoughRequests, formatPercent, headersUnknownShare } from "./conditions.ts";

const DAY_SECONDS = 86_400;
const FORECAST_HISTORY = "14d:1d";
const FEWEST_FORECAST_DAYS = 7;

function windowsTight(config: ResolvedConfig): AlertDraft {
  const threshold = above(config, "tightWindowsRatio");
  const usage = rawMetric(config, "windowUsage", [], "_bucket");
  return {
    name: "IntercomClientRateLimitWindowsTight",
    severity: "warning",
    for: "15m",
    expr: compare(RECORDS.tightWindows, threshold),
    threshold,
    alsoUses: ["windowEdgeRatio", "minimumWindows"],
    summary: "{{ $labels.client }} is close to Intercom's rate limit",
    description: `{{ $value | humanizePercentage }} of the rate-limit windows in the last 15 minutes were used to more than ${formatPercent(config.thresholds.windowEdgeRatio)}.`,
    panel: { dashboard: "rateLimit", id: PANEL_IDS.rateLimit.tightWindows },
    identity: clientLabels(config),
    guidance: {
      errorCodes: ["rate_limit_exceeded"],
      queries: [
        { question: "Own demand as a share of the quota?", expr: RECORDS.demand },
        { question: "How full were the windows?", expr: `sum by (client, le) (increase(${usage}[15m]))` },
        { question: "Does somebody else spend?", expr: `avg_over_time(${RECORDS.others}[10m])` },
      ],
      spanFilters: ["intercom.rate_limit.remaining < 100"],
    },
  };
}

/** Where the daily peaks of demand lead, as a share of the quota, and whether there are enough of them to say so. */
export function peakForecast(
  { thresholds }: ResolvedConfig,
  matchers: readonly string[] = [],
): { readonly expr: string; readonly enough: string } {
  const peaks = `${select(RECORDS.demandPeak, matchers)}[${FORECAST_HISTORY}]`;
  return {
    expr: `predict_linear(${peaks}, ${thresholds.forecastDays * DAY_SECONDS})`,
    enough: `count_over_time(${peaks}) >= ${FEWEST_FORECAST_DAYS}`,
  };
}

function forecast(config: ResolvedConfig): AlertDraft {
  const { forecastDays } = config.thresholds;
  const threshold = above(config, "forecastDemandRatio");
  const { expr, enough } = peakForecast(config);
  return {
    name: "IntercomClientRateLimitCapacityForecast",
    severity: "info",
    for: "6h",
    expr: allOf(compare(expr, threshold), enough),
    threshold,
    alsoUses: ["forecastDays"],
    summary: `{{ $labels.client }} is on the way to outgrow its quota within ${forecastDays} days`,
    description: `At the growth of the last two weeks, the daily peak of demand reaches {{ $value | humanizePercentage }} of the quota in ${forecastDays} days.`,
    panel: { dashboard: "rateLimit", id: PANEL_IDS.rateLimit.peaks },
    identity: clientLabels(config),
    guidance: {
      errorCodes: ["rate_limit_exceeded"],
      queries: [
        { question: "Daily peaks of demand?", expr: RECORDS.demandPeak },
        { question: "Which services grow?", expr: `sum by (client, job) (${RECORDS.jobRequests})` },
      ],
      spanFilters: [],
    },
  };
}

function headersUnknown(config: ResolvedConfig): AlertDraft {
  const threshold = above(config, "rateLimitUnknownRatio");
  const unknown = rawMetric(config, "rateLimitUnknown");
  return {
    name: "IntercomClientRateLimitUnknown",
    severity: "info",
    for: "15m",
    expr: allOf(compare(headersUnknownShare(config), threshold), enoughRequests(config)),
    threshold,
    alsoUses: ["minimumRequests"],
    summary: "Answers to {{ $labels.client }} come without rate-limit headers",
    description:
      "{{ $value | humanizePercentage }} of the requests in the last 5 minutes got an answer without usable rate-limit headers, so what is left of the quota is not known.",
    panel: { dashboard: "rateLimit", id: PANEL_IDS.rateLimit.unknownHeaders },
    identity: clientLabels(config),
    guidance: {
      errorCodes: ["unauthorized"],
      queries: [
        {
          question: "Which statuses do they carry?",
          expr: `sum by (client, status_code) (${RECORDS.outcomeRequests})`,
        },
        { question: "Which services?", expr: `sum by (client, job) (rate(${unknown}[${RATE_WINDOW}]))` },
      ],
      spanFilters: ["intercom.rate_limit.limit does not exist"],
    },
  };
}

/** Alerts on a limit that is near, will be near, or cannot be seen. */
export function capacityAlerts(config: ResolvedConfig): readonly AlertDraft[] {
  return [windowsTight(config), forecast(config), headersUnknown(config)];
}
