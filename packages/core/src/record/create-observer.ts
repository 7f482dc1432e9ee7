import { Observer } from "./observer.ts";
import type { ResolvedTelemetryOptions } from "./options.ts";
import { PrometheusRecorder } from "./prometheus/prometheus-recorder.ts";
import type { Recorder } from "./recorder.ts";
import { SpanRecorder } from "./span-recorder.ts";

/**
 * The observer that the options ask for. Spans come first, so that what follows finds the trace.
 *
 * @throws Error when the registry has one of our metric names with another type or other labels.
 */
export function createObserver(options: ResolvedTelemetryOptions): Observer {
  const { client, hosts, registry, spans, suppressHttpSpans, expectedStatuses, ignore, onOutcome } = options;
  const recorders: Recorder[] = [];
  if (spans) recorders.push(new SpanRecorder({ suppressHttpSpans, expectedStatuses }) as Recorder);
  if (registry) {
    const known = typeof client === "string" ? [client] : [];
    recorders.push(new PrometheusRecorder(registry, known) as Recorder);
  }
  recorders.push(...options.recorders);
  return new Observer({ client, hosts, recorders, ignore, onOutcome });
}
