import { intercomFetch } from "@intercom-telemetry/fetch";
import { UndiciInstrumentation } from "@opentelemetry/instrumentation-undici";
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from "@opentelemetry/sdk-metrics";
import { Registry } from "prom-client";
import { measureByHand, traceByHand } from "./by-hand.ts";

/** One way to call fetch. */
export interface Variant {
  readonly fetch: typeof fetch;
  /** Switches on what is there for the whole process; off afterwards. */
  readonly enable?: () => void;
  readonly disable?: () => void;
}

/** A wrapper as the best-known fetch instrumentations are made: it clones each response to read it. */
const cloning: typeof fetch = async (input, init) => {
  const response = await fetch(input, init);
  void response.clone().text();
  return response;
};

/** @param send what stands for the network. @param host that counts as Intercom. */
export function createVariants(send: typeof fetch, host: string) {
  // Not `enabled: false`: this one then makes no spans, also after `enable()`.
  const undici = new UndiciInstrumentation();
  undici.disable();
  // Ours writes metrics too.
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  undici.setMeterProvider(new MeterProvider({ readers: [new PeriodicExportingMetricReader({ exporter })] }));
  return {
    bare: { fetch: send },
    spanByHand: { fetch: traceByHand(send) },
    byHand: { fetch: measureByHand(new Registry(), send) },
    ours: { fetch: intercomFetch({ fetch: send, hosts: [host], registry: new Registry() }) },
    undiciAndClone: { fetch: cloning, enable: () => undici.enable(), disable: () => undici.disable() },
  } satisfies Record<string, Variant>;
}

/** The names of the variants. */
export type VariantName = keyof ReturnType<typeof createVariants>;
