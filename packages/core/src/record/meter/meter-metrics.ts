import type { Meter } from "@opentelemetry/api";
import type { ClientMetrics } from "../series/client-metrics.ts";
import { createMetrics } from "../series/create-metrics.ts";
import { meterBounds } from "../series/series-bounds.ts";
import { createCounter, createHistogram, createObserved } from "./instrument.ts";

/** The instruments of one meter. */
export function createMeterMetrics(meter: Meter): ClientMetrics {
  const metrics = createMetrics({
    counter: (definition) => createCounter(meter, definition),
    histogram: (definition) => createHistogram(meter, definition),
    gauge: (definition) => createObserved(meter, definition),
  });
  return {
    ...metrics,
    bounds: meterBounds(),
    /** The SDK calls what observes before it collects what was recorded. */
    onCollect(collect) {
      metrics.info.beforeReading = collect;
    },
  };
}
