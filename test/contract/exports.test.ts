import { join } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { PACKAGES, PUBLISHED, readSources } from "../support/packages.ts";

/** What each entry point exports. A name that goes from here, or changes, breaks somebody. */
const EXPORTS: Readonly<Record<string, { readonly values: string[]; readonly types: string[] }>> = {
  "axios/src/index.ts": {
    values: ["explainIntercomError", "explainOutcome", "instrumentIntercom", "markRetry"],
    types: [
      "Attempt",
      "AxiosInstanceLike",
      "CallerRequest",
      "ErrorExplanation",
      "Flush",
      "FlushOptions",
      "HeaderReader",
      "InstrumentIntercomOptions",
      "InstrumentationHandle",
      "MetricsRegistry",
      "OnOutcome",
      "Outcome",
      "OutcomeError",
      "RateLimit",
      "RawAttempt",
      "Recorder",
    ],
  },
  "axios/src/automatic/index.ts": {
    values: ["instrumentAxios"],
    types: ["InstrumentIntercomOptions", "InstrumentationHandle"],
  },
  "axios/src/retry/index.ts": {
    values: ["intercomRetry"],
    types: ["InterceptedInstance", "IntercomRetry", "IntercomRetryOptions"],
  },
  "core/src/index.ts": {
    values: [
      "ATTRIBUTES",
      "DEFAULT_API_HOSTS",
      "DEFAULT_CLIENT",
      "INTERCOM_ERRORS",
      "INTERCOM_HOSTS",
      "INTERCOM_OPERATIONS",
      "METRICS",
      "RETRY_REFUSED_EVENT",
      "RetryPolicy",
      "UNKNOWN_OPERATION",
      "VERSION",
      "checkBoolean",
      "checkFunction",
      "checkHosts",
      "checkKeys",
      "checkNumber",
      "checkWholeNumber",
      "classify",
      "createTargetReader",
      "describeStatus",
      "explainEnding",
      "explainOutcome",
      "findOperation",
      "isOneShotBody",
      "lookupError",
      "matchOperation",
      "parseApiHost",
      "refuse",
      "resolveRetryOptions",
      "sleep",
    ],
    types: [
      "ApiHost",
      "AttributeDefinition",
      "AttributeKey",
      "Classification",
      "DocumentedOperation",
      "Ending",
      "ErrorCategory",
      "ErrorDescription",
      "ErrorExplanation",
      "ExplainedOutcome",
      "Failure",
      "FailureStage",
      "FollowedError",
      "HeaderReader",
      "MetricDefinition",
      "MetricKey",
      "Operation",
      "Outcome",
      "OutcomeError",
      "RateLimit",
      "ReceivedResponse",
      "RefusalReason",
      "RequestTarget",
      "ResolvedRetryOptions",
      "RetryAfter",
      "RetryCall",
      "RetryDecision",
      "RetryEnvironment",
      "RetryMode",
      "RetryOptions",
      "RetryReason",
      "TransportCode",
    ],
  },
  "core/src/record/index.ts": {
    values: [
      "MeterRecorder",
      "Observer",
      "PrometheusRecorder",
      "SpanRecorder",
      "TELEMETRY_OPTIONS",
      "VERSION",
      "countGlobalFetch",
      "createObserver",
      "explainCaught",
      "headerReader",
      "isHandingOver",
      "isObject",
      "outcomeOf",
      "readHeader",
      "recordRefusal",
      "rememberOutcome",
      "rememberRecent",
      "resolveTelemetryOptions",
      "takeExpected",
      "toBodyFailureCode",
      "toFailureCode",
      "traceHeaders",
      "warnVisibly",
    ],
    types: [
      "Attempt",
      "AttemptDelay",
      "CallerRequest",
      "CaughtFailure",
      "Flush",
      "FlushOptions",
      "MetricsRegistry",
      "Observation",
      "ObserverOptions",
      "OnOutcome",
      "OutgoingRequest",
      "RawAttempt",
      "Recorder",
      "ResolvedTelemetryOptions",
      "SpanRecorderOptions",
      "TelemetryOptions",
      "TraceReference",
    ],
  },
  "core/src/contract/index.ts": {
    values: [
      "ATTRIBUTES",
      "DEFAULT_CLIENT",
      "FAILURE_STAGES",
      "KNOWN_METHODS",
      "KNOWN_STATUSES",
      "LABELS",
      "METRICS",
      "NOT_INTERCOM_CODE",
      "OTHER_CLIENT",
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
      "ALL_ERRORS",
      "ALL_OPERATIONS",
      "INTERCOM_ERRORS",
      "INTERCOM_HOSTS",
      "INTERCOM_LEGACY_OPERATIONS",
      "INTERCOM_OPERATIONS",
      "OPERATION_EXCEPTIONS",
      "TRANSPORT_ERRORS",
      "describeStatus",
      "isTransportCode",
      "lookupError",
      "operationException",
    ],
    types: [
      "DocumentedOperation",
      "ErrorCategory",
      "ErrorDescription",
      "IntercomHost",
      "IntercomRegion",
      "OperationException",
      "ReplayHint",
      "RetryMode",
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
      "findConfigProblems",
      "listContents",
      "readRunbook",
      "renderFiles",
      "writeFiles",
    ],
    types: [
      "Alert",
      "AlertGroup",
      "AlertName",
      "AlertOptions",
      "AlertSummary",
      "AlertThreshold",
      "AlertingRule",
      "BurnRate",
      "BurnSpeed",
      "ConfigProblem",
      "Contents",
      "DashboardKey",
      "DashboardOptions",
      "DashboardSummary",
      "DashboardsConfig",
      "DiagnosisQuery",
      "Difference",
      "GeneratedFile",
      "GrafanaDashboard",
      "GridPosition",
      "Guidance",
      "KubernetesOptions",
      "Panel",
      "PanelReference",
      "PanelSummary",
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
  "exporter/src/settings.ts": {
    values: [
      "DEFAULT_HOST",
      "DEFAULT_PATH",
      "DEFAULT_PORT",
      "DEFAULT_TIMEOUT_SECONDS",
      "describeScrapeError",
      "findExposure",
      "isPath",
      "isSecretHash",
      "isTls",
    ],
    types: [],
  },
  "fetch/src/index.ts": {
    values: ["explainIntercomError", "explainOutcome", "instrumentGlobalFetch", "intercomFetch", "markRetry"],
    types: [
      "Attempt",
      "CallerRequest",
      "ErrorExplanation",
      "FetchRetryOptions",
      "Flush",
      "FlushOptions",
      "HeaderReader",
      "InstrumentGlobalFetchOptions",
      "InstrumentationHandle",
      "IntercomFetch",
      "IntercomFetchOptions",
      "MetricsRegistry",
      "OnOutcome",
      "Outcome",
      "OutcomeError",
      "RateLimit",
      "RawAttempt",
      "Recorder",
    ],
  },
  "fetch/src/automatic/index.ts": {
    values: ["instrumentGlobalFetchAutomatically"],
    types: ["InstrumentGlobalFetchOptions", "InstrumentationHandle"],
  },
  "register/src/instrumentation/index.ts": {
    values: ["IntercomInstrumentation"],
    types: ["IntercomInstrumentationConfig"],
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

/** Entry points that are loaded for what they do. */
const ACTING = ["register/src/index.ts"];

it("each published library has its entry point in the list", () => {
  const libraries = PUBLISHED.filter(({ folder }) => folder !== "cli");
  const entries = libraries.map(({ folder }) => `${folder}/src/index.ts`);
  expect([...Object.keys(EXPORTS), ...ACTING]).toEqual(expect.arrayContaining(entries));
});

it.each(ACTING)("%s exports nothing", (path) => {
  const { values, types, others } = readEntry(path);
  expect({ values, types, others }).toEqual({
    values: [],
    types: [],
    others: ["ImportDeclaration", "ExpressionStatement"],
  });
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
