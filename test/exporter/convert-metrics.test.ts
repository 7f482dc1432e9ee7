import { Counter, Histogram, Registry } from "prom-client";
import { describe, expect, it } from "vitest";
import { convertMetrics } from "../../packages/exporter/src/metrics/convert.ts";
import { emptyOpenMetricsRegistry } from "./registries.ts";

describe("convertMetrics", () => {
  it("keeps the name of a counter without _total, which OpenMetrics calls unknown", async () => {
    const registry = new Registry();
    new Counter({ name: "app_calls", help: "Calls.", registers: [registry] }).inc();
    const text = convertMetrics(await registry.getMetricsAsJSON(), "text", "openmetrics");
    expect(text).toBe("# HELP app_calls Calls.\n# TYPE app_calls unknown\napp_calls 1\n# EOF\n");
  });

  it("calls an OpenMetrics counter the same before and after prom-client has renamed it", async () => {
    const registry = emptyOpenMetricsRegistry();
    new Counter({ name: "app_calls_total", help: "Calls.", registers: [registry] as never }).inc();
    const before = convertMetrics(await registry.getMetricsAsJSON(), "openmetrics", "text");
    await registry.metrics();
    const after = convertMetrics(await registry.getMetricsAsJSON(), "openmetrics", "text");
    expect(before).toBe("# HELP app_calls_total Calls.\n# TYPE app_calls_total counter\napp_calls_total 1\n");
    expect(after).toBe(before);
  });

  it("leaves exemplars out of text, which has no place for them", async () => {
    const registry = emptyOpenMetricsRegistry();
    const seconds = new Histogram({
      name: "app_seconds",
      help: "Durations.",
      buckets: [0.5],
      enableExemplars: true,
      registers: [registry] as never,
    });
    seconds.observe({ value: 0.2, exemplarLabels: { trace_id: "abc" } });
    const text = convertMetrics(await registry.getMetricsAsJSON(), "openmetrics", "text");
    expect(text).toContain('app_seconds_bucket{le="0.5"} 1\n');
    expect(text).not.toContain("trace_id");
  });

  it("carries the default labels of the registry, below a metric's own", async () => {
    const registry = new Registry();
    registry.setDefaultLabels({ service: "a", zone: "z" });
    const counter = new Counter({
      name: "x_total",
      help: "X.",
      labelNames: ["service"],
      registers: [registry],
    });
    counter.inc({ service: "b" });
    const text = convertMetrics(await registry.getMetricsAsJSON(), "text", "openmetrics");
    expect(text).toContain('x_total{service="b",zone="z"} 1\n');
  });

  it("gives an empty registry the end mark alone", () => {
    expect(convertMetrics([], "text", "openmetrics")).toBe("# EOF\n");
  });
});
