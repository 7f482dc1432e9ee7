import { OTHER_ERROR_CODE, UNMATCHED_TEMPLATE } from "@intercom-telemetry/core/contract";
import type { ResolvedConfig } from "../config/options.ts";
import { PANEL_IDS } from "../panels/panel-ids.ts";
import { rate, sumBy, vanished, zeroIfAbsent } from "../promql/idioms.ts";
import { RECORDS } from "../promql/records.ts";
import { clientLabels, rawMetric, select } from "../promql/select.ts";
import type { AlertDraft } from "./alert.ts";
import { above, allOf, compare, enoughRequestsOver, outcomeShareOver } from "./conditions.ts";

const BLIND_SPOT_WINDOW = "1h";
const ABSENCE_LOOK_BACK = "6h";
const TELEMETRY_WINDOW = "15m";

function blindSpot(
  config: ResolvedConfig,
  matcher: string,
  draft: Pick<AlertDraft, "name" | "summary" | "description" | "panel"> & {
    readonly threshold: "unknownErrorCodeRatio" | "unmatchedOperationRatio";
    readonly spanFilter: string;
    readonly question: string;
    readonly by: string;
  },
): AlertDraft {
  const threshold = above(config, draft.threshold);
  const chosen = select(RECORDS.outcomeRequests, [matcher]);
  return {
    name: draft.name,
    severity: "info",
    for: "15m",
    expr: allOf(
      compare(outcomeShareOver(config, [matcher], BLIND_SPOT_WINDOW), threshold),
      enoughRequestsOver(config, BLIND_SPOT_WINDOW),
    ),
    threshold,
    alsoUses: ["minimumRequests"],
    summary: draft.summary,
    description: draft.description,
    panel: draft.panel,
    identity: clientLabels(config),
    guidance: {
      errorCodes: [],
      queries: [
        { question: draft.question, expr: `sum by (client, ${draft.by}) (${chosen})` },
        { question: "Which services?", expr: `sum by (client, job) (${chosen})` },
      ],
      spanFilters: [draft.spanFilter],
    },
  };
}

function unknownErrorCode(config: ResolvedConfig): AlertDraft {
  return blindSpot(config, `error_code="${OTHER_ERROR_CODE}"`, {
    name: "IntercomClientUnknownErrorCode",
    threshold: "unknownErrorCodeRatio",
    summary: "Intercom answers {{ $labels.client }} with an error code that the catalogue does not have",
    description: "{{ $value | humanizePercentage }} of the requests in the last hour ended with such a code.",
    panel: { dashboard: "overview", id: PANEL_IDS.overview.unknownCodes },
    question: "Where does it come from?",
    by: "url_template, status_code",
    spanFilter: "intercom.error.code exists, then look for a code without an entry in the catalogue",
  });
}

function unmatchedOperation(config: ResolvedConfig): AlertDraft {
  return blindSpot(config, `url_template="${UNMATCHED_TEMPLATE}"`, {
    name: "IntercomClientUnmatchedOperation",
    threshold: "unmatchedOperationRatio",
    summary: "{{ $labels.client }} calls paths that are not in the operation table",
    description:
      "{{ $value | humanizePercentage }} of the requests in the last hour have no operation of their own.",
    panel: { dashboard: "overview", id: PANEL_IDS.overview.unmatchedOperations },
    question: "How do they end?",
    by: "status_code, error_code",
    spanFilter: "url.template does not exist",
  });
}

function metricsAbsent(config: ResolvedConfig): AlertDraft {
  const metrics = [rawMetric(config, "info"), rawMetric(config, "probeSuccess")];
  const labels = [...config.groupLabels, "job"];
  return {
    name: "IntercomClientMetricsAbsent",
    severity: "warning",
    for: "10m",
    expr: vanished(labels, metrics, ABSENCE_LOOK_BACK),
    alsoUses: [],
    summary: "No process of {{ $labels.job }} reports metrics about Intercom any more",
    description: `{{ $labels.job }} reported within the last ${ABSENCE_LOOK_BACK} and is silent now; the other alerts cannot see it.`,
    panel: { dashboard: "overview", id: PANEL_IDS.overview.jobs },
    identity: labels,
    guidance: {
      errorCodes: [],
      queries: [
        { question: "Are its targets up?", expr: "sum by (job) (up)" },
        { question: "Which jobs report?", expr: `count by (job) (${metrics[0]})` },
      ],
      spanFilters: [],
    },
  };
}

/** Share of requests, by job, about which our own code failed to record something. */
export function telemetryFailureShare(config: ResolvedConfig, matchers: readonly string[] = []): string {
  const labels = [...config.groupLabels, "job"];
  const failures = sumBy(labels, rate(rawMetric(config, "failures", matchers), TELEMETRY_WINDOW));
  const requests = sumBy(labels, rate(rawMetric(config, "requests", matchers), TELEMETRY_WINDOW));
  // A failure can keep its request from being counted, so requests alone would be too small a whole.
  return `${failures} / (${failures} + (${zeroIfAbsent(requests, failures)}) > 0)`;
}

function telemetryFailing(config: ResolvedConfig): AlertDraft {
  const threshold = above(config, "telemetryFailureRatio");
  return {
    name: "IntercomClientTelemetryFailing",
    severity: "warning",
    for: "15m",
    expr: compare(telemetryFailureShare(config), threshold),
    threshold,
    alsoUses: [],
    summary: "The instrumentation in {{ $labels.job }} fails",
    description:
      "For {{ $value | humanizePercentage }} of the requests in the last 15 minutes something could not be recorded; the callers did not notice.",
    panel: { dashboard: "overview", id: PANEL_IDS.overview.telemetryFailures },
    identity: [...config.groupLabels, "job"],
    guidance: {
      errorCodes: [],
      queries: [
        {
          question: "Which stage?",
          expr: `sum by (job, stage) (increase(${rawMetric(config, "failures")}[15m]))`,
        },
        { question: "Which version?", expr: `count by (job, version) (${rawMetric(config, "info")})` },
      ],
      spanFilters: [],
    },
  };
}

/** Alerts on what the instrumentation cannot see or say. */
export function telemetryAlerts(config: ResolvedConfig): readonly AlertDraft[] {
  return [
    unknownErrorCode(config),
    unmatchedOperation(config),
    metricsAbsent(config),
    telemetryFailing(config),
  ];
}
