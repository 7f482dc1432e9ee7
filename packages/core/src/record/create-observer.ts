import { logWarning } from "./log-warning.ts";
import { MeterRecorder } from "./meter/meter-recorder.ts";
import { Observer } from "./observer.ts";
import type { ResolvedTelemetryOptions } from "./options.ts";
import { PrometheusRecorder } from "./prometheus/prometheus-recorder.ts";
import type { Recorder } from "./recorder.ts";
import { SpanRecorder } from "./span-recorder.ts";
import { warnVisibly } from "./warn.ts";

function hintAtSilence(): void {
  warnVisibly(
    "INTERCOM_TELEMETRY_SILENT",
    "requests to Intercom are under way and nothing records them: pass `registry` (the `register` of prom-client) " +
      "for metrics, or register an OpenTelemetry SDK for spans and metrics",
  );
}

function warnOfTwoPipelines(): void {
  logWarning(
    "`registry` and `meter` are both set. Every sum is doubled where both reach one store: keep one",
  );
}

/**
 * The observer that the options ask for. Spans come first, so that what follows finds the trace.
 *
 * @throws Error when the registry has one of our metric names with another type or other labels.
 */
export function createObserver(options: ResolvedTelemetryOptions): Observer {
  const { client, hosts, registry, meter, spans, suppressHttpSpans, expectedStatuses, ignore, onOutcome } =
    options;
  const known = typeof client === "string" ? [client] : [];
  const spanRecorder = spans ? new SpanRecorder({ suppressHttpSpans, expectedStatuses }) : undefined;
  const meterRecorder = meter
    ? new MeterRecorder(meter === true ? undefined : meter, known, options)
    : undefined;
  if (registry && meterRecorder) warnOfTwoPipelines();
  const recorders: Recorder[] = [];
  if (spanRecorder) recorders.push(spanRecorder as Recorder);
  if (registry) recorders.push(new PrometheusRecorder(registry, known, options) as Recorder);
  if (meterRecorder) recorders.push(meterRecorder as Recorder);
  recorders.push(...options.recorders);
  const isHeard = registry !== undefined || options.recorders.length > 0 || onOutcome !== undefined;
  const onFirstRequest = (): void => {
    if (!isHeard && !spanRecorder?.isActive && !meterRecorder?.isActive) hintAtSilence();
  };
  return new Observer({ client, hosts, recorders, ignore, onOutcome, onFirstRequest });
}
