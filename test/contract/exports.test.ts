import { join } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { PACKAGES, PUBLISHED, readSources } from "../support/packages.ts";

/** What each entry point exports. A name that goes from here, or changes, breaks somebody. */
const EXPORTS: Readonly<Record<string, { readonly values: string[]; readonly types: string[] }>> = {
  "axios/src/index.ts": {
    values: ["explainIntercomError", "explainOutcome", "instrumentIntercom", "intercomRetry"],
    types: [
      "AxiosInstanceLike",
      "ErrorExplanation",
      "Exchange",
      "InstrumentIntercomOptions",
      "InstrumentationHandle",
      "InterceptedInstance",
      "IntercomRetry",
      "IntercomRetryOptions",
      "OnOutcome",
      "Outcome",
      "OutcomeError",
      "RateLimit",
    ],
  },
  "core/src/index.ts": {
    values: [
      "ATTRIBUTES",
      "DEFAULT_API_HOSTS",
      "DEFAULT_CLIENT",
      "INTERCOM_OPERATIONS",
      "INTERCOM_ERRORS",
      "INTERCOM_HOSTS",
      "METRICS",
      "Observer",
      "PrometheusRecorder",
      "RETRY_REFUSED_EVENT",
      "SpanRecorder",
      "VERSION",
      "classify",
      "createTargetReader",
      "findOperation",
      "describeStatus",
      "describeValue",
      "explainAnswer",
      "explainOutcome",
      "loadPromClient",
      "lookupError",
      "matchOperation",
      "parseApiHost",
    ],
    types: [
      "ApiHost",
      "AttributeDefinition",
      "AttributeKey",
      "DocumentedOperation",
      "ErrorCategory",
      "ErrorDescription",
      "ErrorExplanation",
      "Exchange",
      "FailedAnswer",
      "FailureStage",
      "HeaderReader",
      "MetricDefinition",
      "MetricKey",
      "MetricsRegistry",
      "Observation",
      "ObserverOptions",
      "OnOutcome",
      "Outcome",
      "OutcomeError",
      "OutgoingRequest",
      "PromClient",
      "RateLimit",
      "RequestDelay",
      "Operation",
      "RequestEnd",
      "RetryMode",
      "SpanRecorderOptions",
      "TransportCode",
      "TransportFailure",
    ],
  },
  "core/src/contract/index.ts": {
    values: [
      "ATTRIBUTES",
      "DEFAULT_CLIENT",
      "FAILURE_STAGES",
      "KNOWN_METHODS",
      "KNOWN_STATUSES",
      "METRICS",
      "OTHER_ERROR_CODE",
      "OTHER_METHOD",
      "PLATFORM_STATUS_VALUES",
      "PROBE_PHASES",
      "RETRY_REFUSED_EVENT",
      "SLOW_REQUEST_SECONDS",
      "UNMATCHED_TEMPLATE",
    ],
    types: [
      "Aggregator",
      "AttributeDefinition",
      "AttributeKey",
      "FailureStage",
      "MetricDefinition",
      "MetricKey",
      "ProbePhase",
    ],
  },
  "core/src/facts/index.ts": {
    values: [
      "ALL_OPERATIONS",
      "ALL_ERRORS",
      "INTERCOM_OPERATIONS",
      "INTERCOM_ERRORS",
      "INTERCOM_HOSTS",
      "INTERCOM_LEGACY_OPERATIONS",
      "ROUTE_EXCEPTIONS",
      "TRANSPORT_ERRORS",
      "describeStatus",
      "lookupError",
      "routeException",
    ],
    types: [
      "DocumentedOperation",
      "ErrorCategory",
      "ErrorDescription",
      "IntercomHost",
      "IntercomRegion",
      "ReplayHint",
      "RetryMode",
      "RouteException",
      "TransportCode",
    ],
  },
  "dashboards/src/index.ts": {
    values: [
      "ALERT_NAMES",
      "ForeignFileError",
      "TARGETS",
      "THRESHOLDS",
      "buildDashboards",
      "buildRules",
      "checkFiles",
      "describeAlerts",
      "renderFiles",
      "writeFiles",
    ],
    types: [
      "Alert",
      "AlertGroup",
      "AlertName",
      "AlertOptions",
      "AlertThreshold",
      "AlertingRule",
      "BurnRate",
      "BurnSpeed",
      "DashboardKey",
      "DashboardOptions",
      "DashboardsConfig",
      "DiagnosisQuery",
      "Difference",
      "GeneratedFile",
      "GrafanaDashboard",
      "GridPosition",
      "Guidance",
      "KubernetesOptions",
      "Panel",
      "PanelTarget",
      "RecordingRule",
      "Row",
      "RuleGroup",
      "Severity",
      "SloOptions",
      "Target",
      "ThresholdDefinition",
      "ThresholdKey",
      "WriteResult",
    ],
  },
  "exporter/src/index.ts": {
    values: ["hashSecret", "metricsHandler", "serveMetrics"],
    types: [
      "FastifyLikeReply",
      "FastifyLikeRequest",
      "MetricsAuth",
      "MetricsHandler",
      "MetricsHandlerOptions",
      "MetricsRegistry",
      "MetricsServer",
      "MetricsTls",
      "ServeMetricsOptions",
    ],
  },
  "simulator/src/index.ts": {
    values: ["RATE_HEADER_FAULTS", "startSimulator"],
    types: [
      "Breakage",
      "DeliveryAction",
      "FaultAction",
      "FaultMatch",
      "FaultRule",
      "FaultScript",
      "LatencyRange",
      "Ledger",
      "LedgerEntry",
      "QuotaUse",
      "QuotaWindow",
      "RateHeaderFault",
      "ResponseAction",
      "SimulatedApp",
      "Simulator",
      "SimulatorOptions",
      "StatusComponent",
      "StatusIncident",
      "StatusPage",
      "StatusState",
      "Storage",
    ],
  },
};

const sources = readSources();

/** The export statements of an entry point, and whatever else stands in it. */
function readEntry(path: string) {
  const { statements } = ts.createSourceFile(path, sources.get(path) ?? "", ts.ScriptTarget.ES2022);
  const values: string[] = [];
  const types: string[] = [];
  const others: string[] = [];
  for (const statement of statements) {
    const named = ts.isExportDeclaration(statement) && statement.exportClause;
    if (!named || !ts.isNamedExports(named) || !statement.moduleSpecifier) {
      others.push(ts.SyntaxKind[statement.kind] ?? "unknown");
      continue;
    }
    const names = named.elements.map(({ name }) => name.text);
    (statement.isTypeOnly ? types : values).push(...names);
  }
  return { values: values.sort(), types: types.sort(), others };
}

it("each published package has its entry point in the list", () => {
  const entries = PUBLISHED.map(({ folder }) => `${folder}/src/index.ts`);
  expect(Object.keys(EXPORTS)).toEqual(expect.arrayContaining(entries));
});

describe.each(Object.entries(EXPORTS))("%s", (path, { values, types }) => {
  it("exports exactly what the list says, types apart from values, and holds nothing else", () => {
    expect(readEntry(path)).toEqual({ values, types, others: [] });
  });

  it("gives these values at run time", async () => {
    const module = (await import(join(PACKAGES, path))) as Record<string, unknown>;
    expect(Object.keys(module).sort()).toEqual(values);
    for (const name of values) expect(module[name], name).toBeDefined();
  });
});
