import { METRICS } from "@intercom-telemetry/core/contract";
import { VERSION } from "@intercom-telemetry/core/record";
import { Registry } from "prom-client";
import { expect, it, vi } from "vitest";
import { createObserver, observeRequest, outgoing } from "../support/observer.ts";
import { readRequests, readSeries, readTotal, readValue } from "../support/series.ts";
import { usualHeaders } from "../support/stub-adapter.ts";

it("series that can be known at set-up are there from the start, at 0", async () => {
  const registry = new Registry();
  createObserver(registry, "a");
  expect(await readValue(registry, "rateLimitUnknown", { client: "a" })).toBe(0);
  expect(await readValue(registry, "inFlight", { client: "a" })).toBe(0);
  expect(await readValue(registry, "windowUsage", { client: "a" }, "_count")).toBe(0);
  expect(await readValue(registry, "info", { client: "a", version: VERSION })).toBe(1);
  const stages = (await readSeries(registry, "failures")).map(({ labels, value }) => [labels.stage, value]);
  const known = ["start", "classify", "span", "metrics", "recorder", "on_outcome"];
  expect(stages).toEqual(known.map((stage) => [stage, 0]));
});

it("an operation's success, its 429 and its retries are there from its first request on", async () => {
  const registry = new Registry();
  createObserver(registry).start(outgoing({ url: "https://api.intercom.io/contacts/1" }));
  const requests = await readSeries(registry, "requests");
  expect(requests.map(({ labels, value }) => [Object.values(labels).slice(1), value])).toEqual([
    [["GET", "/contacts/{id}", "200", "", "", ""], 0],
    [["GET", "/contacts/{id}", "429", "rate_limit_exceeded", "rate_limit", "true"], 0],
  ]);
  const retries = await readSeries(registry, "retries");
  expect(retries.map(({ labels, value }) => [Object.values(labels).slice(1), value])).toEqual([
    [["GET", "/contacts/{id}", "", ""], 0],
    [["GET", "/contacts/{id}", "rate_limit_exceeded", "rate_limit"], 0],
  ]);
});

it("each attempt is counted once and timed once", async () => {
  const registry = new Registry();
  const observer = createObserver(registry);
  observeRequest(observer, { status: 503 });
  observeRequest(observer, { retryCount: 1 });
  expect(await readRequests(registry)).toEqual({
    "GET /me 503 service_unavailable true": 1,
    "GET /me 200": 1,
  });
  expect(await readValue(registry, "duration", { url_template: "/me" }, "_count")).toBe(2);
});

it("a retry is counted by the error that it follows, and a first attempt is not", async () => {
  const registry = new Registry();
  const observer = createObserver(registry);
  observeRequest(observer, { follows: { code: "not_found", category: "not_found" } });
  expect(await readTotal(registry, "retries")).toBe(0);
  observeRequest(observer, { retryCount: 1, follows: { code: "timeout", category: "transport" } });
  observeRequest(observer, { retryCount: 2, follows: { code: "timeout", category: "transport" } });
  observeRequest(observer, { retryCount: 1 });
  const counted = (await readSeries(registry, "retries")).filter(({ value }) => value > 0);
  expect(counted.map(({ labels, value }) => [labels.error_code, labels.error_category, value])).toEqual([
    ["", "", 1],
    ["timeout", "transport", 2],
  ]);
});

it("labels that do not apply are empty, and no label is the word undefined", async () => {
  const registry = new Registry();
  const observer = createObserver(registry);
  observeRequest(observer);
  observeRequest(observer, { failure: "ECONNREFUSED" });
  observeRequest(observer, { status: 404, retryCount: 1 });
  const text = await registry.metrics();
  expect(text).not.toContain("undefined");
  expect(text).toContain(
    'intercom_client_requests_total{client="default",method="GET",url_template="/me",status_code="200",error_code="",error_category="",retryable=""} 1',
  );
  expect(text).toContain(
    'status_code="",error_code="connection_refused",error_category="transport",retryable="true"} 1',
  );
});

it("the error code is not a label of the histogram", () => {
  expect(METRICS.duration.labels).toEqual(["client", "method", "url_template"]);
});

it("an abandoned attempt is not recorded", async () => {
  const registry = new Registry();
  const observation = createObserver(registry).start(outgoing());
  expect(await readValue(registry, "inFlight")).toBe(1);
  observation?.abandon();
  observation?.abandon();
  expect(observation?.finish({ status: 200 })).toBeUndefined();
  expect(await readRequests(registry)).toEqual({});
  expect(await readValue(registry, "inFlight")).toBe(0);
});

it("no number that is not finite reaches a page", async () => {
  const registry = new Registry();
  const observer = createObserver(registry);
  const now = vi.spyOn(performance, "now").mockReturnValue(Number.NaN);
  observeRequest(observer);
  now.mockRestore();
  observeRequest(observer, { headers: usualHeaders({ "x-ratelimit-remaining": "NaN" }) });
  expect(await readValue(registry, "failures", { stage: "metrics" })).toBe(0);
  expect(await readValue(registry, "duration", {}, "_count")).toBe(1);
  for (const { values } of await registry.getMetricsAsJSON()) {
    for (const { value } of values) expect(Number.isFinite(value)).toBe(true);
  }
});

it("in a cluster, gauges of workers are joined as their meaning asks; counters and histograms add up", async () => {
  const { AggregatorRegistry } = await import("prom-client");
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
      observer.start(outgoing());
      return JSON.parse(JSON.stringify(await registry.getMetricsAsJSON()));
    }),
  );
  const text = await AggregatorRegistry.aggregate(workers as never).metrics();
  expect(text).toContain('intercom_client_rate_limit_limit{client="default"} 100');
  expect(text).toContain('intercom_client_rate_limit_remaining{client="default"} 30');
  expect(text).toContain(`intercom_client_rate_limit_reset_timestamp_seconds{client="default"} ${reset}`);
  expect(text).toContain('intercom_client_in_flight_requests{client="default"} 2');
  expect(text).toMatch(/intercom_client_requests_total\{.*status_code="200".*\} 2/);
  expect(text).toMatch(/intercom_client_request_duration_seconds_count\{.*\} 2/);
  expect(text).toMatch(/intercom_client_info\{.*\} 1/);
});
