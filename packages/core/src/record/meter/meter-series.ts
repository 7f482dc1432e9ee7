import type { MeterProvider } from "@opentelemetry/api";
import { createNoopMeter } from "@opentelemetry/api";
import { VERSION } from "../../version.ts";
import { SeriesSet } from "../series/series-set.ts";
import { MeterMetrics } from "./meter-metrics.ts";

const SCOPE = "@intercom-telemetry/core";

/** `null` for a provider without a meter that works: it is asked once. */
type SeriesByProvider = WeakMap<MeterProvider, SeriesSet | null>;

/**
 * In the global symbol table, so that the ESM and the CJS copy of this package, and two transports, find
 * each other's series of a provider. Gauges that two observe would hide one another. The number changes with {@link SeriesSet}.
 */
const SERIES: unique symbol = Symbol.for("@intercom-telemetry/core.meter-series.1");
const holder = globalThis as { [SERIES]?: SeriesByProvider };

/**
 * The series of this provider, the same for all that record into it.
 *
 * @returns `undefined` for one that drops everything, as the API's does while no SDK is registered.
 */
export function seriesOfProvider(provider: MeterProvider): SeriesSet | undefined {
  holder[SERIES] ??= new WeakMap();
  const known = holder[SERIES].get(provider);
  if (known !== undefined) return known ?? undefined;
  const meter = provider.getMeter(SCOPE, VERSION);
  const series = meter === createNoopMeter() ? null : new SeriesSet(new MeterMetrics(meter));
  holder[SERIES].set(provider, series);
  return series ?? undefined;
}
