import type { MeterProvider } from "@opentelemetry/api";
import { createNoopMeter } from "@opentelemetry/api";
import { sharedState } from "../../shared-state.ts";
import { VERSION } from "../../version.ts";
import { SeriesSet } from "../series/series-set.ts";
import { createMeterMetrics } from "./meter-metrics.ts";

const SCOPE = "@intercom-telemetry/core";

/** `null` for a provider without a meter that works: it is asked once. */
type SeriesByProvider = WeakMap<MeterProvider, SeriesSet | null>;

/** Shared, since gauges that two observe would hide one another. The number changes with {@link SeriesSet}. */
const seriesByProvider: SeriesByProvider = sharedState("core.meter-series.1", () => new WeakMap());

/**
 * The series of this provider, the same for all that record into it.
 *
 * @returns `undefined` for one that drops everything, as the API's does while no SDK is registered.
 */
export function seriesOfProvider(provider: MeterProvider): SeriesSet | undefined {
  const known = seriesByProvider.get(provider);
  if (known !== undefined) return known ?? undefined;
  const meter = provider.getMeter(SCOPE, VERSION);
  const series = meter === createNoopMeter() ? null : new SeriesSet(createMeterMetrics(meter));
  seriesByProvider.set(provider, series);
  return series ?? undefined;
}
