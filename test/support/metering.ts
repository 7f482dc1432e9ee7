import { metrics } from "@opentelemetry/api";
import type { ViewOptions } from "@opentelemetry/sdk-metrics";
import { onTestFinished } from "vitest";
import { createMetering, type Metering } from "./create-metering.ts";

/** How the SDK is set up. */
export interface MeteringOptions {
  /** Register it as the global one; it is taken away when the test ends. Default false. */
  readonly global?: boolean;
  readonly views?: ViewOptions[];
}

/** Starts a real SDK that is shut down when the test ends. */
export function startMetering({ global = false, views = [] }: MeteringOptions = {}): Metering {
  const metering = createMetering(views);
  if (global) metrics.setGlobalMeterProvider(metering.provider);
  onTestFinished(async () => {
    if (global) metrics.disable();
    await metering.provider.shutdown();
  });
  return metering;
}
