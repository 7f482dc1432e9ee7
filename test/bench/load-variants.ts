import { createRequire } from "node:module";
import { type InstrumentIntercomOptions, instrumentIntercom } from "@intercom-telemetry/axios";
import { HttpInstrumentation } from "@opentelemetry/instrumentation-http";
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from "@opentelemetry/sdk-metrics";
import axios, { type AxiosInstance } from "axios";
import { Registry } from "prom-client";
import { measureByHand } from "./by-hand.ts";
import type { Tracing } from "./variants.ts";

/** Something put on an axios instance. */
export interface Subject {
  attach(api: AxiosInstance, hosts: readonly string[]): void;
  /** Global patches are there only while the subject is measured. */
  turnOn?(): void;
  turnOff?(): void;
  /** Makes a call as users of the tool do. Default: just makes it. */
  call?(send: () => Promise<unknown>): Promise<unknown>;
}

/** What is measured, and with which SDK behind OpenTelemetry's API. */
export interface LoadVariant {
  readonly title: string;
  readonly tracing: Tracing;
  /** Needs a real request: nothing to see with a stub adapter. */
  readonly onlyLoopback?: boolean;
  readonly create: () => Subject;
}

const ours = (options: InstrumentIntercomOptions = {}): Subject => ({
  attach: (api, hosts) => void instrumentIntercom(api, { registry: new Registry(), hosts, ...options }),
});

const byHand = (): Subject => ({
  attach(api) {
    const send = axios.getAdapter(api.defaults.adapter);
    api.defaults.adapter = measureByHand(new Registry(), send);
  },
});

function createHttpInstrumentation(): Subject {
  const instrumentation = new HttpInstrumentation({ disableIncomingRequestInstrumentation: true });
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  instrumentation.setMeterProvider(
    new MeterProvider({ readers: [new PeriodicExportingMetricReader({ exporter })] }),
  );
  // It patches a module when somebody asks for it, which axios has done long ago in this process.
  const require = createRequire(import.meta.url);
  for (const name of ["http", "https"]) require(name);
  instrumentation.disable();
  return {
    attach() {},
    turnOn: () => instrumentation.enable(),
    turnOff: () => instrumentation.disable(),
  };
}

function createPrometheusAdapter(): Subject {
  const require = createRequire(import.meta.url);
  const { createAxiosPrometheusMiddleware } = require("axios-prometheus-adapter");
  return { attach: (api) => createAxiosPrometheusMiddleware(api, new Registry()) };
}

function createPrometheusApiMetrics(): Subject {
  const require = createRequire(import.meta.url);
  const { HttpMetricsCollector } = require("prometheus-api-metrics");
  HttpMetricsCollector.init();
  return {
    attach: (api) => require("axios-time")(api),
    async call(send) {
      try {
        const response = await send();
        HttpMetricsCollector.collect(response);
        return response;
      } catch (error) {
        HttpMetricsCollector.collect(error);
        throw error;
      }
    },
  };
}

function together(...subjects: readonly Subject[]): Subject {
  return {
    attach(api, hosts) {
      for (const subject of subjects) subject.attach(api, hosts);
    },
    turnOn() {
      for (const subject of subjects) subject.turnOn?.();
    },
    turnOff() {
      for (const subject of subjects) subject.turnOff?.();
    },
  };
}

/** Where the calls go: to an adapter that responds at once, or to a server in another process. */
export type Transport = "stub" | "loopback";

/** Everything that is measured beside bare axios, by the word that names it on the command line. */
export const LOAD_VARIANTS = {
  bare: { title: "bare axios again: the noise", tracing: "recording", create: () => ({ attach() {} }) },
  byHand: {
    title: "by hand, spans and metrics",
    tracing: "recording",
    create: byHand,
  },
  both: { title: "ours, spans and metrics", tracing: "recording", create: ours },
  metrics: { title: "ours, metrics only", tracing: "recording", create: () => ours({ spans: false }) },
  spans: { title: "ours, spans only", tracing: "recording", create: () => ours({ registry: undefined }) },
  sampledOut: { title: "ours, traces sampled out", tracing: "sampledOut", create: ours },
  noSdk: { title: "ours, no SDK registered", tracing: "noSdk", create: ours },
  suppress: {
    title: 'ours over instrumentation-http, `httpSpans: "suppress"`',
    tracing: "recording",
    onlyLoopback: true,
    create: () => together(createHttpInstrumentation(), ours({ httpSpans: "suppress" })),
  },
  http: {
    title: "instrumentation-http",
    tracing: "recording",
    onlyLoopback: true,
    create: createHttpInstrumentation,
  },
  adapter: { title: "axios-prometheus-adapter", tracing: "recording", create: createPrometheusAdapter },
  peers: {
    title: "instrumentation-http and axios-prometheus-adapter",
    tracing: "recording",
    onlyLoopback: true,
    create: () => together(createHttpInstrumentation(), createPrometheusAdapter()),
  },
  apiMetrics: { title: "prometheus-api-metrics", tracing: "recording", create: createPrometheusApiMetrics },
} as const satisfies Record<string, LoadVariant>;

/** A key of {@link LOAD_VARIANTS}. */
export type LoadVariantName = keyof typeof LOAD_VARIANTS;
