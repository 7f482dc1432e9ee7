import { METRICS } from "@intercom-telemetry/core/contract";
import { AlwaysOffSampler } from "@opentelemetry/sdk-trace-base";
import { openMetricsContentType, Registry } from "prom-client";
import { describe, expect, it } from "vitest";
import { exemplarLabels } from "../../packages/core/src/record/prometheus/exemplar.ts";
import { createObserver, observeRequest } from "../support/observer.ts";
import { readValue } from "../support/series.ts";
import { usualHeaders } from "../support/stub-adapter.ts";
import { startTracing } from "../support/tracing.ts";

const REQUEST_ID = "b68959ea6328bc4a8f9a";

function createOpenMetrics(): Registry {
  const registry = new Registry<typeof openMetricsContentType>();
  registry.setContentType(openMetricsContentType);
  return registry as unknown as Registry;
}

/** The lines of a page that have an exemplar, without its value and time. */
async function readExemplars(registry: Registry): Promise<string[]> {
  const lines = (await registry.metrics()).split("\n");
  return lines.flatMap((line) => {
    const [, name, exemplar] = /^(\w+)\{.* # \{(.*)\} \S+ \S+$/.exec(line) ?? [];
    return name ? [`${name} ${exemplar}`] : [];
  });
}

const inDuration = (exemplar: string): string => `${METRICS.duration.name}_bucket ${exemplar}`;
const inRequests = (exemplar: string): string => `${METRICS.requests.name} ${exemplar}`;

describe("in an OpenMetrics registry", () => {
  it("the duration leads to the trace of a request that is sampled", async () => {
    const tracing = startTracing();
    const registry = createOpenMetrics();
    observeRequest(createObserver(registry));
    const { traceId, spanId } = tracing.spans()[0]?.spanContext() ?? {};
    expect(await readExemplars(registry)).toEqual([inDuration(`trace_id="${traceId}",span_id="${spanId}"`)]);
  });

  it("duration and count of a failure lead to Intercom's request id, without a trace store", async () => {
    const registry = createOpenMetrics();
    observeRequest(createObserver(registry), { status: 404 });
    const exemplar = `intercom_request_id="${REQUEST_ID}"`;
    expect(await readExemplars(registry)).toEqual([inRequests(exemplar), inDuration(exemplar)]);
  });

  it("a failure that is sampled leads to both", async () => {
    const tracing = startTracing();
    const registry = createOpenMetrics();
    observeRequest(createObserver(registry), { status: 404 });
    const { traceId, spanId } = tracing.spans()[0]?.spanContext() ?? {};
    const exemplar = `trace_id="${traceId}",span_id="${spanId}",intercom_request_id="${REQUEST_ID}"`;
    expect(await readExemplars(registry)).toEqual([inRequests(exemplar), inDuration(exemplar)]);
  });

  it("nothing leads to what is sampled out, was recorded without an SDK, or failed without a request id", async () => {
    const registry = createOpenMetrics();
    const observer = createObserver(registry);
    observeRequest(observer);
    observeRequest(observer, { failure: "ECONNREFUSED" });
    observeRequest(observer, { status: 404, headers: usualHeaders({ "x-request-id": "" }) });
    startTracing({ sampler: new AlwaysOffSampler() });
    observeRequest(observer);
    expect(await readExemplars(registry)).toEqual([]);
    expect(await readValue(registry, "duration", {}, "_count")).toBe(4);
  });

  it("a reset forgets exemplars", async () => {
    const registry = createOpenMetrics();
    observeRequest(createObserver(registry), { status: 404 });
    registry.resetMetrics();
    expect(await readExemplars(registry)).toEqual([]);
  });

  it("a scrape renames counters, and ours are found again, also when they were removed", async () => {
    const registry = createOpenMetrics();
    const observer = createObserver(registry);
    for (let scrape = 1; scrape <= 3; scrape += 1) {
      observeRequest(observer);
      const counted = new RegExp(`^${METRICS.requests.name}\\{.*status_code="200".*\\} ${scrape}$`, "m");
      expect(await registry.metrics()).toMatch(counted);
    }
    registry.removeSingleMetric(METRICS.requests.name);
    observeRequest(observer);
    expect(registry.getSingleMetric(METRICS.requests.name)).toBeDefined();
    expect(await registry.metrics()).toMatch(/^intercom_client_requests_total\{.*status_code="200".*\} 1$/m);
    expect(await readValue(registry, "failures", { stage: "metrics" })).toBe(0);
  });
});

describe("in a registry of the other text format", () => {
  it("there are no exemplars, and nothing fails", async () => {
    startTracing();
    const registry = new Registry();
    observeRequest(createObserver(registry), { status: 404 });
    expect(await registry.metrics()).not.toContain("trace_id");
    expect(JSON.stringify(await registry.getMetricsAsJSON())).not.toContain("trace_id");
    expect(await readValue(registry, "failures", { stage: "metrics" })).toBe(0);
  });

  it("they begin when it is switched to OpenMetrics", async () => {
    const registry = new Registry();
    const observer = createObserver(registry);
    registry.setContentType(openMetricsContentType as never);
    observeRequest(observer, { status: 404 });
    expect(await readExemplars(registry)).toHaveLength(2);
  });
});

describe("the labels of an exemplar", () => {
  const failed = { error: { code: "not_found" } as never, requestId: "5d29d4f2-38c1-4f43-a3ea-0e3b2c5d8a11" };
  const trace = { traceId: "0".repeat(32), spanId: "1".repeat(16) };

  it("have room for a trace and the longest request id within OpenMetrics' 128 characters", () => {
    const labels = Object.entries(exemplarLabels(failed, trace) ?? {});
    expect(labels.map(([name]) => name)).toEqual(["trace_id", "span_id", "intercom_request_id"]);
    expect(labels.flat().join("").length).toBeLessThanOrEqual(128);
  });

  it("are absent when a recorder of the user's own names traces at a length that OpenMetrics forbids", () => {
    expect(exemplarLabels(failed, { ...trace, traceId: "0".repeat(42) })).toBeDefined();
    expect(exemplarLabels(failed, { ...trace, traceId: "0".repeat(43) })).toBeUndefined();
  });
});
