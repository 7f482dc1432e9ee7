export type { Observation, RequestEnd } from "./observation.ts";
export type { ObserverOptions, OnOutcome, OutgoingRequest } from "./observer.ts";
export { Observer } from "./observer.ts";
export type { MetricsRegistry, PromClient } from "./prometheus/library.ts";
export { loadPromClient } from "./prometheus/library.ts";
export { PrometheusRecorder } from "./prometheus/prometheus-recorder.ts";
export type { SpanRecorderOptions } from "./span-recorder.ts";
export { SpanRecorder } from "./span-recorder.ts";
export { VERSION } from "./version.ts";
