import { loadPromClient, type PromClient, PrometheusRecorder, VERSION } from "@intercom-telemetry/core";
import { METRICS } from "@intercom-telemetry/core/contract";
import { AggregatorRegistry, type Counter, Registry } from "prom-client";
import { expect, it, vi } from "vitest";
import { describePath } from "../support/describe-path.ts";
import { createObserver, observeRequest } from "../support/observer.ts";
import { readRequests, readSeries, readTotal, readValue } from "../support/series.ts";
import { usualHeaders } from "../support/stub-adapter.ts";

const CLIENT_METRICS = Object.values(METRICS).filter(({ writer }) => writer === "client");

it("every metric of the contract is in the registry with its type, help, labels, buckets and aggregator", async () => {
  const registry = new Registry();
  createObserver(registry);
  const found = await registry.getMetricsAsJSON();
  expect(found.map(({ name }) => name).sort()).toEqual(CLIENT_METRICS.map(({ name }) => name).sort());
  for (const { name, help, type, aggregator = "sum", labels, buckets } of CLIENT_METRICS) {
    const metric = registry.getSingleMetric(name) as unknown as {
      labelNames: string[];
      upperBounds?: number[];
    };
    expect(found.find((each) => each.name === name)).toMatchObject({ help, type, aggregator });
    expect(metric.labelNames).toEqual(labels);
    if (buckets) expect(metric.upperBounds).toEqual(buckets);
  }
});

it("series that can be known at set-up are there from the start, at 0", async () => {
  const registry = new Registry();
  createObserver(registry, "a");
  expect(await readValue(registry, "rateLimitUnknown", { client: "a" })).toBe(0);
  expect(await readValue(registry, "inFlight", { client: "a" })).toBe(0);
  expect(await readValue(registry, "windowUsage", { client: "a" }, "_count")).toBe(0);
  expect(await readValue(registry, "info", { client: "a", version: VERSION })).toBe(1);
  const stages = (await readSeries(registry, "failures")).map(({ labels, value }) => [labels.stage, value]);
  expect(stages).toEqual(["start", "classify", "span", "metrics", "on_outcome"].map((stage) => [stage, 0]));
});

it("an operation's success, its 429 and its retries are there from its first request on", async () => {
  const registry = new Registry();
  const observer = createObserver(registry);
  observer.start({ method: "GET", url: "https://api.intercom.io/contacts/1", attempt: 1 });
  const series = await readSeries(registry, "requests");
  expect(
    series.map(({ labels, value }) => [labels.status_code, labels.error_code, labels.retryable, value]),
  ).toEqual([
    ["200", "", "", 0],
    ["429", "rate_limit_exceeded", "true", 0],
  ]);
  expect(await readValue(registry, "retries", { endpoint: "/contacts/{id}" })).toBe(0);
});

it("a request is counted once, timed once, and as a retry when it is a resend", async () => {
  const registry = new Registry();
  const observer = createObserver(registry);
  observeRequest(observer, { status: 503 });
  expect(await readTotal(registry, "retries")).toBe(0);
  observeRequest(observer, { attempt: 2 });
  expect(await readRequests(registry)).toEqual({
    "GET /me 503 service_unavailable true": 1,
    "GET /me 200": 1,
  });
  expect(await readTotal(registry, "retries")).toBe(1);
  expect(await readValue(registry, "duration", { endpoint: "/me" }, "_count")).toBe(2);
});

it("labels that do not apply are empty, and no label is the word undefined", async () => {
  const registry = new Registry();
  const observer = createObserver(registry);
  observeRequest(observer);
  observeRequest(observer, { failure: "ECONNREFUSED" });
  observeRequest(observer, { status: 404 });
  const text = await registry.metrics();
  expect(text).not.toContain("undefined");
  expect(text).toContain(
    'intercom_client_requests_total{client="default",method="GET",endpoint="/me",status_code="200",error_code="",retryable=""} 1',
  );
  expect(text).toContain('status_code="",error_code="connection_refused",retryable="true"} 1');
});

it("label objects cannot be changed, and are the same for the same series", async () => {
  const registry = new Registry();
  const observer = createObserver(registry);
  const counter = registry.getSingleMetric(METRICS.requests.name) as Counter;
  const inc = vi.spyOn(counter, "inc");
  observeRequest(observer);
  observeRequest(observer);
  const calls = inc.mock.calls as unknown as [labels: object, value?: number][];
  const labels = calls.filter(([, value]) => value === undefined).map(([each]) => each);
  expect(labels.length).toBe(2);
  expect(labels[0]).toBe(labels[1]);
  expect(labels.every(Object.isFrozen)).toBe(true);
});

it("the error code is no label of the histogram", () => {
  expect(METRICS.duration.labels).toEqual(["client", "method", "endpoint"]);
});

it("several clients in one registry are told apart, and one client instrumented twice adds up", async () => {
  const registry = new Registry();
  const [first, again, other] = [
    createObserver(registry, "a"),
    createObserver(registry, "a"),
    createObserver(registry, "b"),
  ];
  const open = first.start({ method: "GET", url: "https://api.intercom.io/me", attempt: 1 });
  again.start({ method: "GET", url: "https://api.intercom.io/me", attempt: 1 });
  expect(await readValue(registry, "inFlight", { client: "a" })).toBe(2);
  expect(await readValue(registry, "inFlight", { client: "b" })).toBe(0);
  open?.finish({ status: 200 });
  observeRequest(again);
  observeRequest(other);
  expect(await readValue(registry, "requests", { client: "a", status_code: "200" })).toBe(2);
  expect(await readValue(registry, "requests", { client: "b", status_code: "200" })).toBe(1);
});

it("only the first end of a request counts", async () => {
  const registry = new Registry();
  const observer = createObserver(registry);
  const observation = observer.start({ method: "GET", url: "https://api.intercom.io/me", attempt: 1 });
  expect(observation?.finish({ status: 200 })).toMatchObject({ status: 200 });
  expect(observation?.finish({ status: 500 })).toBeUndefined();
  observation?.abandon();
  expect(await readRequests(registry)).toEqual({ "GET /me 200": 1 });
  expect(await readValue(registry, "inFlight")).toBe(0);
});

it("a request that was none leaves no trace", async () => {
  const registry = new Registry();
  const observer = createObserver(registry);
  const observation = observer.start({ method: "GET", url: "https://api.intercom.io/me", attempt: 1 });
  observation?.abandon();
  observation?.abandon();
  expect(observation?.finish({ status: 200 })).toBeUndefined();
  expect(await readRequests(registry)).toEqual({});
  expect(await readValue(registry, "inFlight")).toBe(0);
});

it("no number that is not finite reaches prom-client", async () => {
  const registry = new Registry();
  const observer = createObserver(registry);
  const now = vi.spyOn(performance, "now").mockReturnValue(Number.NaN);
  observeRequest(observer);
  now.mockRestore();
  observeRequest(observer, { headers: usualHeaders({ "x-ratelimit-remaining": "NaN" }) });
  expect(await readValue(registry, "failures", { stage: "metrics" })).toBe(0);
  expect(Number.isFinite(await readValue(registry, "duration", {}, "_sum"))).toBe(true);
  for (const { values } of await registry.getMetricsAsJSON()) {
    for (const { value } of values) expect(Number.isFinite(value)).toBe(true);
  }
});

it("a registry that is cleared gets its metrics again with the next request, and nothing goes below zero", async () => {
  const registry = new Registry();
  const observer = createObserver(registry);
  const open = observer.start({ method: "GET", url: "https://api.intercom.io/me", attempt: 1 });
  observeRequest(observer);
  registry.clear();
  observeRequest(observer, { path: "/admins" });
  open?.finish({ status: 200 });
  expect(await readValue(registry, "inFlight")).toBe(0);
  expect(await readValue(registry, "requests", { endpoint: "/admins", status_code: "200" })).toBe(1);
  expect(await readValue(registry, "info")).toBe(1);
  expect((await registry.getMetricsAsJSON()).length).toBe(CLIENT_METRICS.length);
});

it("a registry that is cleared has as much room for series as before, and no more", () => {
  const registry = new Registry();
  const recorder = new PrometheusRecorder(loadPromClient() as PromClient, registry as never, "c");
  registry.clear();
  const description = describePath("GET", "/me");
  recorder.start({ description } as never);
  const counter = registry.getSingleMetric(METRICS.requests.name) as Counter;
  const statuses = new Set<unknown>();
  vi.spyOn(counter, "inc").mockImplementation((labels) => {
    statuses.add((labels as unknown as Record<string, string>).status_code);
  });
  for (let kind = 0; kind <= 4000; kind += 1) {
    const outcome = { status: 404, error: { code: `code_${kind}`, retryable: false }, retryCount: 0 };
    const recording = recorder.start({ description } as never);
    recording.finish({ ...outcome, durationSeconds: 0 } as never);
  }
  expect([...statuses]).toEqual(["404", "4xx"]);
});

it("a registry that is reset counts from zero", async () => {
  const registry = new Registry();
  const observer = createObserver(registry);
  observeRequest(observer);
  registry.resetMetrics();
  observeRequest(observer);
  expect(await readRequests(registry)).toEqual({ "GET /me 200": 1 });
});

it("cluster mode: workers' gauges are joined as their meaning asks, counters and histograms add up", async () => {
  const reset = Math.ceil(Date.now() / 10_000) * 10 + 10;
  const workers = await Promise.all(
    [30, 70].map(async (remaining) => {
      const registry = new Registry();
      const observer = createObserver(registry);
      const headers = usualHeaders({
        "x-ratelimit-limit": "100",
        "x-ratelimit-remaining": String(remaining),
        "x-ratelimit-reset": String(reset),
      });
      observeRequest(observer, { headers });
      observer.start({ method: "GET", url: "https://api.intercom.io/me", attempt: 1 });
      return registry.getMetricsAsJSON();
    }),
  );
  const whole = AggregatorRegistry.aggregate(workers as never);
  const text = await whole.metrics();
  expect(text).toContain('intercom_client_rate_limit_limit{client="default"} 100');
  expect(text).toContain('intercom_client_rate_limit_remaining{client="default"} 30');
  expect(text).toContain(`intercom_client_rate_limit_reset_timestamp_seconds{client="default"} ${reset}`);
  expect(text).toContain('intercom_client_in_flight_requests{client="default"} 2');
  expect(text).toMatch(/intercom_client_requests_total\{.*status_code="200".*\} 2/);
  expect(text).toMatch(/intercom_client_request_duration_seconds_count\{.*\} 2/);
  expect(text).toMatch(/intercom_client_info\{.*\} 1/);
});
