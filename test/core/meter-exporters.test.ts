import { METRICS } from "@intercom-telemetry/core/contract";
import { createObserver, resolveTelemetryOptions } from "@intercom-telemetry/core/record";
import { PrometheusExporter, PrometheusSerializer } from "@opentelemetry/exporter-prometheus";
import { MeterProvider } from "@opentelemetry/sdk-metrics";
import { Registry } from "prom-client";
import { MeterProvider as OldestMeterProvider, MetricReader as OldestMetricReader } from "sdk-metrics-1";
import { expect, it, onTestFinished } from "vitest";
import { observeRequest } from "../support/observer.ts";

/** Labels that the exporter adds to say whose metrics they are. */
const SCOPE_LABEL = /,?otel_scope_\w+="[^"]*"/g;

function callWith(options: object): void {
  const observer = createObserver(resolveTelemetryOptions({ client: "a", spans: false, ...options }));
  observeRequest(observer);
  observeRequest(observer, { status: 404 });
  observeRequest(observer, { retryCount: 1, follows: { code: "not_found", category: "not_found" } });
}

/** The samples of our metrics, without their values, as `name{label="value"}` with the labels in order. */
const samplesOf = (page: string): string[] =>
  page
    .split("\n")
    .filter((line) => line.startsWith("intercom_"))
    .map((line) => line.replace(SCOPE_LABEL, ""))
    .map((line) => {
      const [, name, labels = ""] = /^(\w+)\{(.*)\} /.exec(line) ?? [];
      return `${name}{${labels
        .split(/,(?=\w+=)/)
        .sort()
        .join()}}`;
    })
    .sort();

it("on the page of OpenTelemetry's Prometheus exporter, names and labels are those of prom-client's page", async () => {
  const exporter = new PrometheusExporter({ preventServerStart: true });
  const provider = new MeterProvider({ readers: [exporter] });
  onTestFinished(() => provider.shutdown());
  const registry = new Registry();
  callWith({ meter: provider });
  callWith({ registry });
  const { resourceMetrics } = await exporter.collect();
  const page = new PrometheusSerializer().serialize(resourceMetrics);
  expect(samplesOf(page)).toEqual(samplesOf(await registry.metrics()));
  for (const { name, type, writer } of Object.values(METRICS)) {
    if (writer === "client") expect(page).toContain(`# TYPE ${name} ${type}\n`);
  }
});

it("the oldest SDK for this API takes the birth of a histogram's series as 0", async () => {
  class Reader extends OldestMetricReader {
    protected override async onForceFlush(): Promise<void> {}
    protected override async onShutdown(): Promise<void> {}
  }
  const reader = new Reader();
  const provider = new OldestMeterProvider({ readers: [reader] });
  onTestFinished(() => provider.shutdown());
  callWith({ meter: provider });
  const { resourceMetrics } = await reader.collect();
  const [scope] = resourceMetrics.scopeMetrics;
  const valuesOf = (key: keyof typeof METRICS) => {
    const metric = scope?.metrics.find(({ descriptor }) => descriptor.name === METRICS[key].name);
    return metric?.dataPoints.map(({ value }) => value);
  };
  expect(valuesOf("windowUsage")).toMatchObject([{ count: 0, sum: 0 }]);
  expect(valuesOf("duration")).toMatchObject([{ count: 3, sum: expect.closeTo(0, 0) }]);
});
