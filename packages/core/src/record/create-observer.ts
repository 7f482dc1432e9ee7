import { Observer } from "./observer.ts";
import type { ResolvedTelemetryOptions } from "./options.ts";
import { PrometheusRecorder } from "./prometheus/prometheus-recorder.ts";
import type { Recorder } from "./recorder.ts";
import { SpanRecorder } from "./span-recorder.ts";
import { warnVisibly } from "./warn.ts";

function hintAtSilence(hasSpans: boolean): void {
  if (hasSpans) return;
  warnVisibly(
    "INTERCOM_TELEMETRY_SILENT",
    "requests to Intercom are under way and nothing records them: pass `registry` (the `register` of prom-client) " +
      "for metrics, or register an OpenTelemetry SDK for spans",
  );
}

/**
 * The observer that the options ask for. Spans come first, so that what follows finds the trace.
 *
 * @throws Error when the registry has one of our metric names with another type or other labels.
 */
export function createObserver(options: ResolvedTelemetryOptions): Observer {
  const { client, hosts, registry, spans, suppressHttpSpans, expectedStatuses, ignore, onOutcome } = options;
  const recorders: Recorder[] = [];
  const spanRecorder = spans ? new SpanRecorder({ suppressHttpSpans, expectedStatuses }) : undefined;
  if (spanRecorder) recorders.push(spanRecorder as Recorder);
  if (registry) {
    const known = typeof client === "string" ? [client] : [];
    recorders.push(new PrometheusRecorder(registry, known) as Recorder);
  }
  recorders.push(...options.recorders);
  const isHeard = registry !== undefined || options.recorders.length > 0 || onOutcome !== undefined;
  const onFirstRequest = isHeard ? undefined : () => hintAtSilence(spanRecorder?.isActive === true);
  return new Observer({ client, hosts, recorders, ignore, onOutcome, onFirstRequest });
}
