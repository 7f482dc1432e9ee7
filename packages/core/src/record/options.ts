import type { MeterProvider } from "@opentelemetry/api";
import { checkBoolean, checkFunction, checkKeys, checkList, refuse } from "../check-options.ts";
import { checkHosts } from "../classify/check-hosts.ts";
import type { ApiHost } from "../classify/index.ts";
import { DEFAULT_CLIENT } from "../contract/index.ts";
import { isClientName, LONGEST_CLIENT_CHARACTERS } from "./client-names.ts";
import type { MetricsRegistry } from "./prometheus/registry.ts";
import { isRegistry } from "./prometheus/registry.ts";
import type { Recorder } from "./recorder.ts";
import type { CallerRequest, OnOutcome } from "./request.ts";

/** Options of every transport. All are optional. */
export interface TelemetryOptions {
  /**
   * Name of this client in the `client` label and in `intercom.client.name`: one Intercom app, one token. Change it
   * when a process talks to Intercom with more than one token, since each has its own quota. Where the token differs
   * by request, give a function that names the client of a request; at most 100 names are kept apart, further ones
   * become `other`. Never derive a name from a token or a person. Default `"default"`.
   */
  client?: string | ((request: CallerRequest) => string) | undefined;
  /**
   * Further places that respond as Intercom, beside its three regional hosts: a proxy, a gateway with a base path, the
   * simulator. Each is `host`, `host:port`, `host:port/base/path` or a URL. Requests to any other host are not
   * recorded. Default none.
   */
  hosts?: readonly string[] | undefined;
  /**
   * The prom-client registry to write to, usually `register` of your `prom-client`. Several instances may share one.
   * Default none: no Prometheus metrics.
   */
  registry?: MetricsRegistry | undefined;
  /**
   * Write the same metrics, under the same names, as OpenTelemetry instruments. `true`: those of the
   * registered meter provider, also when it is registered later; a `MeterProvider`: those of that one;
   * `false`: none.
   * Beside `registry` it doubles every sum in a store that both reach. Default `true` without `registry`, else `false`.
   */
  meter?: boolean | MeterProvider | undefined;
  /**
   * `false` keeps one duration histogram for each client instead of one for each operation. Its labels
   * `method` and `url_template` are then empty, and panels and alerts by operation show no durations. For large fleets, where
   * histograms are most of the series. Default `true`.
   */
  durationPerOperation?: boolean | undefined;
  /**
   * `false` for no spans. Spans go to whatever OpenTelemetry SDK is registered, also when it is registered later;
   * without one they cost nothing. Default `true`.
   */
  spans?: boolean | undefined;
  /**
   * What becomes of the span that the HTTP instrumentation of OpenTelemetry makes for the same request.
   * `"nest"` leaves it as a child of ours; `"suppress"` prevents it, which saves its cost and keeps its
   * trace context from being sent.
   * No effect with `spans: false`. Default `"nest"`.
   */
  httpSpans?: "nest" | "suppress" | undefined;
  /**
   * Send the trace context (`traceparent` and `tracestate`, nothing else) to Intercom. Off by default, as Intercom is a
   * third party that cannot use it. Turn it on when `hosts` names a proxy of your own that traces. A header the caller
   * has set is not overwritten. With `httpSpans: "nest"`, the HTTP instrumentation sends its own, with or without this
   * option. Default `false`.
   */
  propagateTraceContext?: boolean | undefined;
  /**
   * Statuses that are not a failure to you, such as a 404 to the question "does it exist?": their spans keep status unset
   * and have no `error.type`. Metrics count them as always. Whole numbers from 400 to 599. Default none.
   */
  expectedStatuses?: readonly number[] | undefined;
  /**
   * Which requests not to record at all, by operation and request: return `true` to ignore one. A function that throws
   * ignores nothing. Default none.
   */
  ignore?: ((request: CallerRequest) => boolean) | undefined;
  /**
   * Called after each attempt with its outcome and the raw facts, for your own logs. The raw facts hold the body and
   * the URL: log the outcome, which holds no personal data. What the function throws is swallowed and counted in
   * `intercom_telemetry_failures_total{stage="on_outcome"}`. Default none.
   */
  onOutcome?: OnOutcome | undefined;
  /** Recorders of your own, beside spans and metrics. One that fails stops no other. Default none. */
  recorders?: readonly Recorder[] | undefined;
}

/** Checked options, defaults filled in. */
export interface ResolvedTelemetryOptions {
  readonly client: string | ((request: CallerRequest) => string);
  readonly hosts: readonly ApiHost[];
  readonly registry: MetricsRegistry | undefined;
  /** `true` for the registered one. */
  readonly meter: boolean | MeterProvider;
  readonly durationPerOperation: boolean;
  readonly spans: boolean;
  readonly suppressHttpSpans: boolean;
  readonly propagateTraceContext: boolean;
  readonly expectedStatuses: ReadonlySet<number>;
  readonly ignore: ((request: CallerRequest) => boolean) | undefined;
  readonly onOutcome: OnOutcome | undefined;
  readonly recorders: readonly Recorder[];
}

function checkClient(value: unknown): string | ((request: CallerRequest) => string) {
  if (typeof value === "function") return value as (request: CallerRequest) => string;
  if (isClientName(value)) return value;
  return refuse("client", `a name of 1 to ${LONGEST_CLIENT_CHARACTERS} characters or a function`, value);
}

function checkRegistry(value: unknown): MetricsRegistry | undefined {
  if (value === undefined || isRegistry(value)) return value;
  return refuse("registry", "a prom-client Registry, such as its `register`", value);
}

function checkMeter(value: unknown): boolean | MeterProvider {
  if (typeof value === "boolean") return value;
  if (typeof (value as Partial<MeterProvider>).getMeter === "function") return value as MeterProvider;
  return refuse("meter", "a boolean or an OpenTelemetry MeterProvider", value);
}

function checkHttpSpans(value: unknown): boolean {
  if (value !== "nest" && value !== "suppress") return refuse("httpSpans", '"nest" or "suppress"', value);
  return value === "suppress";
}

const STATUSES = { list: "an array of statuses", entry: "a whole number from 400 to 599" };

function toStatus(entry: unknown): number | undefined {
  const sane = typeof entry === "number" && Number.isInteger(entry) && entry >= 400 && entry <= 599;
  return sane ? entry : undefined;
}

const RECORDERS = { list: "an array of recorders", entry: "an object with a method finish" };

const toRecorder = (entry: unknown): Recorder | undefined =>
  typeof (entry as Partial<Recorder> | null | undefined)?.finish === "function"
    ? (entry as Recorder)
    : undefined;

/** The names of the options that every transport takes. */
export const TELEMETRY_OPTIONS: readonly (keyof TelemetryOptions)[] = [
  "client",
  "hosts",
  "registry",
  "meter",
  "durationPerOperation",
  "spans",
  "httpSpans",
  "propagateTraceContext",
  "expectedStatuses",
  "ignore",
  "onOutcome",
  "recorders",
];

/**
 * Checks the options and fills in defaults.
 *
 * @param further names of options that only this transport takes.
 * @throws TypeError naming the option, what was expected and what came.
 */
export function resolveTelemetryOptions(
  options: unknown,
  further: readonly string[] = [],
): ResolvedTelemetryOptions {
  checkKeys(options, new Set([...TELEMETRY_OPTIONS, ...further]));
  const given = options as TelemetryOptions;
  return {
    client: checkClient(given.client ?? DEFAULT_CLIENT),
    hosts: checkHosts(given.hosts ?? []),
    registry: checkRegistry(given.registry),
    meter: checkMeter(given.meter ?? given.registry === undefined),
    durationPerOperation: checkBoolean("durationPerOperation", given.durationPerOperation ?? true),
    spans: checkBoolean("spans", given.spans ?? true),
    suppressHttpSpans: checkHttpSpans(given.httpSpans ?? "nest"),
    propagateTraceContext: checkBoolean("propagateTraceContext", given.propagateTraceContext ?? false),
    expectedStatuses: new Set(
      checkList("expectedStatuses", STATUSES, given.expectedStatuses ?? [], toStatus),
    ),
    ignore: checkFunction("ignore", given.ignore),
    onOutcome: checkFunction("onOutcome", given.onOutcome),
    recorders: checkList("recorders", RECORDERS, given.recorders ?? [], toRecorder),
  };
}
