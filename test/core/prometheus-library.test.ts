import { createRequire } from "node:module";
import { loadPromClient, PrometheusRecorder } from "@intercom-telemetry/core";
import { METRICS } from "@intercom-telemetry/core/contract";
import { AlwaysOffSampler } from "@opentelemetry/sdk-trace-base";
import { Counter, Gauge, Histogram, Registry } from "prom-client";
import { describe, expect, it } from "vitest";
import { createObserver, observeRequest } from "../support/observer.ts";
import { readRequests, readValue } from "../support/series.ts";
import { startTracing } from "../support/tracing.ts";

/** A second copy of prom-client, as two packages of one application may have it. */
function loadSecondCopy(): typeof import("prom-client") {
  const load = createRequire(import.meta.url);
  const cached = Object.keys(load.cache).filter((path) => path.includes("/prom-client/"));
  const kept = new Map(cached.map((path) => [path, load.cache[path]]));
  for (const path of cached) delete load.cache[path];
  try {
    return load("prom-client");
  } finally {
    for (const [path, module] of kept) load.cache[path] = module;
  }
}

function createOpenMetrics(): Registry<typeof Registry.OPENMETRICS_CONTENT_TYPE> {
  const registry = new Registry<typeof Registry.OPENMETRICS_CONTENT_TYPE>();
  registry.setContentType(Registry.OPENMETRICS_CONTENT_TYPE);
  return registry;
}

it("metrics that are there already are used when type and labels match", async () => {
  const registry = new Registry();
  const { name, help, labels } = METRICS.requests;
  const mine = new Counter({ name, help, labelNames: [...labels].reverse(), registers: [registry] });
  observeRequest(createObserver(registry));
  expect(registry.getSingleMetric(name)).toBe(mine);
  expect(await readRequests(registry)).toEqual({ "GET /me 200": 1 });
});

describe("a metric of the same name that is something else is refused, by name", () => {
  const { name, help, labels } = METRICS.requests;
  const expected = `registry: expected metric ${name} to be a counter with labels [${labels.join(", ")}]`;

  it.each([
    [
      "another type with the same labels and methods",
      (registers: Registry[]) => new Gauge({ name, help, labelNames: [...labels], registers }),
      `a gauge with labels [${labels.join(", ")}]`,
    ],
    [
      "other labels",
      (registers: Registry[]) => new Counter({ name, help, labelNames: ["route", "code"], registers }),
      "a counter with labels [route, code]",
    ],
    [
      "labels that are no list",
      ([registry]: Registry[]) =>
        registry?.registerMetric({ name, type: "counter", labelNames: "route", inc() {} } as never),
      "a counter with labels unknown labels",
    ],
  ])("%s", (_, register, found) => {
    const registry = new Registry();
    register([registry]);
    expect(() => createObserver(registry)).toThrow(
      new Error(`${expected}, but it is registered as ${found}`),
    );
  });

  it("an object that only looks like one", () => {
    const registry = new Registry();
    const labelNames = METRICS.requests.labels;
    registry.registerMetric({ name: METRICS.requests.name, type: "counter", labelNames } as never);
    expect(() => createObserver(registry)).toThrow(`registry: expected metric ${METRICS.requests.name}`);
  });
});

it("a registry and metrics of another copy of prom-client are used by their shape", async () => {
  const copy = loadSecondCopy();
  expect(copy.Registry).not.toBe(Registry);
  const registry = new copy.Registry();
  const { name, help, labels } = METRICS.requests;
  const theirs = new copy.Counter({ name, help, labelNames: [...labels], registers: [registry] });
  observeRequest(createObserver(registry as never));
  expect(registry.getSingleMetric(name)).toBe(theirs);
  expect(await readRequests(registry as never)).toEqual({ "GET /me 200": 1 });
  const recorder = new PrometheusRecorder(copy as never, registry as never, "second");
  expect(recorder).toBeDefined();
  expect(await readValue(registry as never, "info", { client: "second" })).toBe(1);
});

describe("exemplars", () => {
  it("an OpenMetrics registry gets trace and span of what is sampled", async () => {
    const tracing = startTracing();
    const registry = createOpenMetrics();
    observeRequest(createObserver(registry as never));
    const [span] = tracing.spans();
    const { traceId, spanId } = span?.spanContext() ?? {};
    const text = await registry.metrics();
    expect(text).toContain(`# {trace_id="${traceId}",span_id="${spanId}"}`);
    expect(text).toMatch(
      /intercom_client_requests_total\{client="default",method="GET".*status_code="200".*\} 1/,
    );
    expect(text.endsWith("# EOF\n")).toBe(true);
  });

  it("nothing of what is sampled out, or without an SDK", async () => {
    const registry = createOpenMetrics();
    const observer = createObserver(registry as never);
    observeRequest(observer);
    startTracing({ sampler: new AlwaysOffSampler() });
    observeRequest(observer);
    const text = await registry.metrics();
    expect(text).not.toContain("trace_id");
    expect(text).toMatch(/intercom_client_request_duration_seconds_count\{.*\} 2/);
  });

  it("a text registry gets none, and does not throw", async () => {
    startTracing();
    const registry = new Registry();
    observeRequest(createObserver(registry));
    expect(await registry.metrics()).not.toContain("trace_id");
    expect(await readValue(registry, "failures", { stage: "metrics" })).toBe(0);
  });

  it("metrics that were made with exemplars in advance are written in their form", async () => {
    startTracing();
    const registry = createOpenMetrics();
    const { name, help, labels } = METRICS.windowUsage;
    new Histogram({ name, help, labelNames: labels, enableExemplars: true, registers: [registry] } as never);
    const observer = createObserver(registry as never);
    for (const later of [0, 10]) {
      const reset = String(Math.ceil(Date.now() / 10_000) * 10 + later);
      const headers = {
        "x-ratelimit-limit": "100",
        "x-ratelimit-remaining": "50",
        "x-ratelimit-reset": reset,
      };
      observeRequest(observer, { headers });
    }
    expect(await readValue(registry as never, "windowUsage", { client: "default" }, "_sum")).toBe(0.5);
  });
});

it("scrapes in OpenMetrics, which rename counters, do not make ours lose theirs", async () => {
  const registry = createOpenMetrics();
  const observer = createObserver(registry as never);
  for (let scrape = 1; scrape <= 3; scrape += 1) {
    observeRequest(observer);
    expect(await registry.metrics()).toMatch(
      new RegExp(`intercom_client_requests_total\\{.*status_code="200".*\\} ${scrape}`),
    );
  }
  expect(await readValue(registry as never, "failures", { stage: "metrics" })).toBe(0);
});

it("the user's prom-client is the one that is loaded, so that its global registry is the user's", async () => {
  expect(loadPromClient()?.register).toBe((await import("prom-client")).register);
});

it("what a metric collected at a scrape before is still collected", async () => {
  const registry = new Registry();
  const { name, help, labels } = METRICS.inFlight;
  let collected = 0;
  new Gauge({
    name,
    help,
    labelNames: labels,
    registers: [registry],
    collect() {
      collected += 1;
      this.set({ client: "mine" }, 7);
    },
  });
  createObserver(registry);
  createObserver(registry, "again");
  expect(await readValue(registry, "inFlight", { client: "mine" })).toBe(7);
  expect(collected).toBe(1);
});

it("another copy of the package finds the counts of this one by the name that both know", () => {
  const registry = new Registry();
  createObserver(registry, "mine");
  const gauge = registry.getSingleMetric(METRICS.inFlight.name);
  const states = Reflect.get(gauge as object, Symbol.for("@intercom-telemetry/core.client-states.v1"));
  expect([...states.keys()]).toEqual(["mine"]);
});
