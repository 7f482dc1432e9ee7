import type { ApiHost, MetricsRegistry, OnOutcome } from "@intercom-telemetry/core";
import { DEFAULT_API_HOSTS, DEFAULT_CLIENT, describeValue, parseApiHost } from "@intercom-telemetry/core";

/** Options of `instrumentIntercom`. All are optional. */
export interface InstrumentIntercomOptions {
  /**
   * Name of this client in the `client` label and in `intercom.client.name`: one Intercom app, one token.
   * Change it when a process talks to Intercom with more than one token, since each has a quota of its own.
   * Never derived from the token. Default `"default"`.
   */
  client?: string;
  /**
   * Further places that answer as Intercom, beside its three regional hosts: a proxy, a gateway with a base path, the
   * simulator. Each is `host`, `host:port`, `host:port/base/path` or a URL. Requests to any other host are not
   * recorded. Default none.
   */
  hosts?: readonly string[];
  /**
   * The prom-client registry to write to; `false` for no metrics. Several instances may share one. Default: prom-client's
   * global registry when prom-client is installed, else no metrics.
   */
  registry?: MetricsRegistry | false;
  /**
   * `false` for no spans. Spans go to whatever OpenTelemetry SDK is registered, also when it is registered later;
   * without one they cost nothing. Default `true`.
   */
  spans?: boolean;
  /**
   * What becomes of the span that `@opentelemetry/instrumentation-http` makes for the same request: `"nest"` leaves it as
   * a child of ours, `"suppress"` prevents it, which saves its cost and keeps its trace context from being sent.
   * No effect with `spans: false`. Default `"nest"`.
   */
  httpSpans?: "nest" | "suppress";
  /**
   * Send the trace context (`traceparent`) to Intercom. Off by default, as Intercom is a third party that cannot use it.
   * Turn it on when `hosts` names a proxy of your own that traces. A header the caller has set is not overwritten. With
   * `httpSpans: "nest"`, the HTTP instrumentation sends its own, with or without this option.
   */
  propagateTraceContext?: boolean;
  /**
   * Statuses that are no failure to you, such as a 404 that answers "does it exist?": their spans keep status unset and
   * have no `error.type`. Metrics count them as always. Whole numbers from 400 to 599. Default none.
   */
  expectedStatuses?: readonly number[];
  /**
   * Called after each request with what it was judged to be and the plain facts, for your own logs. The exchange holds
   * the body and the raw URL: log the outcome, which holds no personal data. What the function throws is swallowed and
   * counted in `intercom_telemetry_failures_total{stage="on_outcome"}`. Default none.
   */
  onOutcome?: OnOutcome;
}

/** Checked options, defaults filled in. */
export interface ResolvedOptions {
  readonly client: string;
  readonly hosts: readonly ApiHost[];
  readonly registry: MetricsRegistry | false | undefined;
  readonly spans: boolean;
  readonly suppressHttpSpans: boolean;
  readonly propagateTraceContext: boolean;
  readonly expectedStatuses: ReadonlySet<number>;
  readonly onOutcome: OnOutcome | undefined;
}

const LONGEST_CLIENT_CHARACTERS = 100;

/** @throws TypeError naming the option, what was expected and what came. */
export function refuse(option: string, expected: string, value: unknown): never {
  throw new TypeError(`${option}: expected ${expected}, got ${describeValue(value, expected)}`);
}

function checkClient(value: unknown): string {
  const sane = typeof value === "string" && value.trim() !== "" && value.length <= LONGEST_CLIENT_CHARACTERS;
  return sane ? value : refuse("client", `a name of 1 to ${LONGEST_CLIENT_CHARACTERS} characters`, value);
}

/** The hosts of the option and the regional ones. */
export function checkHosts(value: unknown): readonly ApiHost[] {
  if (!Array.isArray(value)) return refuse("hosts", "an array of host names", value);
  const further = value.map((entry: unknown, index) => {
    const host = typeof entry === "string" ? parseApiHost(entry) : undefined;
    return host ?? refuse(`hosts[${index}]`, '"host", "host:port" or a URL without query', entry);
  });
  return [...further, ...DEFAULT_API_HOSTS];
}

function isRegistry(value: unknown): value is MetricsRegistry {
  if (typeof value !== "object" || value === null) return false;
  const { contentType, registerMetric, getSingleMetric } = value as Partial<MetricsRegistry>;
  const methods = [registerMetric, getSingleMetric];
  return typeof contentType === "string" && methods.every((method) => typeof method === "function");
}

function checkRegistry(value: unknown): MetricsRegistry | false | undefined {
  if (value === undefined || value === false || isRegistry(value)) return value;
  return refuse("registry", "a prom-client Registry or false", value);
}

/** The value when it is a boolean. */
export function checkBoolean(option: string, value: unknown): boolean {
  return typeof value === "boolean" ? value : refuse(option, "a boolean", value);
}

function checkHttpSpans(value: unknown): boolean {
  if (value !== "nest" && value !== "suppress") return refuse("httpSpans", '"nest" or "suppress"', value);
  return value === "suppress";
}

function checkStatuses(value: unknown): ReadonlySet<number> {
  if (!Array.isArray(value)) return refuse("expectedStatuses", "an array of statuses", value);
  value.forEach((status: unknown, index) => {
    const sane = typeof status === "number" && Number.isInteger(status) && status >= 400 && status <= 599;
    if (!sane) refuse(`expectedStatuses[${index}]`, "a whole number from 400 to 599", status);
  });
  return new Set(value);
}

function checkOnOutcome(value: unknown): OnOutcome | undefined {
  if (value === undefined || typeof value === "function") return value as OnOutcome | undefined;
  return refuse("onOutcome", "a function", value);
}

const KNOWN: ReadonlySet<string> = new Set<keyof InstrumentIntercomOptions>([
  "client",
  "hosts",
  "registry",
  "spans",
  "httpSpans",
  "propagateTraceContext",
  "expectedStatuses",
  "onOutcome",
]);

/**
 * Fills in defaults and checks every option.
 *
 * @throws TypeError naming the option, what was expected and what came.
 */
export function resolveOptions(options: unknown): ResolvedOptions {
  if (typeof options !== "object" || options === null) return refuse("options", "an object", options);
  const unknown = Object.keys(options).find((key) => !KNOWN.has(key));
  if (unknown !== undefined) refuse("options", `only ${[...KNOWN].join(", ")}`, unknown);
  const given = options as InstrumentIntercomOptions;
  return {
    client: checkClient(given.client ?? DEFAULT_CLIENT),
    hosts: checkHosts(given.hosts ?? []),
    registry: checkRegistry(given.registry),
    spans: checkBoolean("spans", given.spans ?? true),
    suppressHttpSpans: checkHttpSpans(given.httpSpans ?? "nest"),
    propagateTraceContext: checkBoolean("propagateTraceContext", given.propagateTraceContext ?? false),
    expectedStatuses: checkStatuses(given.expectedStatuses ?? []),
    onOutcome: checkOnOutcome(given.onOutcome),
  };
}
