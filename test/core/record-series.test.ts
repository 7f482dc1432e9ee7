import { METRICS } from "@intercom-telemetry/core/contract";
import { MeterRecorder, Observer, PrometheusRecorder, SpanRecorder } from "@intercom-telemetry/core/record";
import { type Meter, ValueType } from "@opentelemetry/api";
import { Registry } from "prom-client";
import { describe, expect, it } from "vitest";
import { isThenable } from "../../packages/core/src/record/catch-rejection.ts";
import { createCounter, createObserved } from "../../packages/core/src/record/meter/instrument.ts";
import { Counter } from "../../packages/core/src/record/prometheus/counter.ts";
import { Gauge } from "../../packages/core/src/record/prometheus/gauge.ts";
import { Histogram } from "../../packages/core/src/record/prometheus/histogram.ts";
import { isRegistry } from "../../packages/core/src/record/prometheus/registry.ts";
import { listenToDiag } from "../support/listen-to-diag.ts";
import { createObserver, observeRequest, outgoing } from "../support/observer.ts";
import { readRequests, readValue } from "../support/series.ts";

const LABELS = { client: "support" };
const TRACE = { trace_id: "4bf92f3577b34da6a3ce929d0e0e4736" };

describe("a histogram", () => {
  const { name } = METRICS.duration;
  const create = () => new Histogram({ ...METRICS.duration, buckets: [1, 2] });

  it("counts a value in the first bucket whose bound it does not exceed, and else in the last", async () => {
    const histogram = create();
    const series = histogram.add(LABELS);
    for (const value of [0, 1, 1.5, 2, 3]) series.observe(value);
    expect(series.counts).toEqual([2, 2, 1]);
    const { values } = await histogram.get();
    expect(values).toEqual([
      { metricName: `${name}_bucket`, labels: { le: 1, client: "support" }, value: 2 },
      { metricName: `${name}_bucket`, labels: { le: 2, client: "support" }, value: 4 },
      { metricName: `${name}_bucket`, labels: { le: "+Inf", client: "support" }, value: 5 },
      { metricName: `${name}_sum`, labels: LABELS, value: 7.5 },
      { metricName: `${name}_count`, labels: LABELS, value: 5 },
    ]);
    const page = await histogram.getForPromString();
    expect(page.values.map(({ value }) => value)).toEqual([2, 4, 5, 7.5, 5]);
    expect(page.values.map(({ labels }) => labels)).toEqual([{ le: 1 }, { le: 2 }, { le: "+Inf" }, {}, {}]);
  });

  it("keeps the last exemplar of each bucket, with the time of its observation in seconds", async () => {
    const histogram = create();
    const series = histogram.add(LABELS);
    const before = Date.now() / 1000;
    series.observe(1.5, TRACE);
    expect(series.exemplars?.[0]).toBeUndefined();
    const { values } = await histogram.get();
    const [, sample] = values;
    expect(sample).toMatchObject({ value: 1, exemplar: { labelSet: TRACE, value: 1.5 } });
    const timestamp = sample?.exemplar?.timestamp ?? 0;
    expect(timestamp).toBeGreaterThanOrEqual(before);
    expect(timestamp).toBeLessThanOrEqual(Date.now() / 1000);
  });

  it("has none but the last bucket where the definition names no bounds", () => {
    const { buckets: _, ...definition } = METRICS.duration;
    expect(new Histogram(definition).buckets).toEqual([]);
  });
});

it("a counter gives copies of its labels, the exemplar of its last increment, and a separate list", async () => {
  const counter = new Counter(METRICS.requests);
  const series = counter.add(LABELS);
  const before = Date.now() / 1000;
  series.increment();
  expect((await counter.get()).values).toEqual([{ value: 1, labels: LABELS }]);
  series.increment(TRACE);
  const { values } = await counter.get();
  expect(values).toMatchObject([{ value: 2, labels: LABELS, exemplar: { labelSet: TRACE, value: 1 } }]);
  expect(values[0]?.exemplar?.timestamp).toBeGreaterThanOrEqual(before);
  expect(values[0]?.exemplar?.timestamp).toBeLessThanOrEqual(Date.now() / 1000);
  const page = await counter.getForPromString();
  page.values.pop();
  expect((await counter.getForPromString()).values).toHaveLength(1);
});

it("a gauge has no sample for what has no value", async () => {
  const gauge = new Gauge(METRICS.rateLimit);
  gauge.add(LABELS, () => undefined);
  expect((await gauge.get()).values).toEqual([]);
  expect((await gauge.getForPromString()).values).toEqual([]);
});

it.each([undefined, null, "register", 7, {}])("%s is not a registry", (value) => {
  expect(isRegistry(value)).toBe(false);
});

it("successes with another status than the documented one, and failures with it, have separate series", async () => {
  const registry = new Registry();
  const observer = createObserver(registry);
  const hidden = { type: "error.list", errors: [{ code: "not_found" }] };
  for (const request of [{}, { status: 201 }, { body: hidden }, {}]) observeRequest(observer, request);
  expect(await readRequests(registry)).toEqual({
    "GET /me 200": 2,
    "GET /me 201": 1,
    "GET /me 200 not_found false": 1,
  });
});

it("operations of one template are told apart by their method, and unusual statuses by themselves", async () => {
  const registry = new Registry();
  const observer = createObserver(registry);
  for (const method of ["GET", "POST", "GET"]) observeRequest(observer, { method, path: "/contacts" });
  for (const status of [202, 204]) observeRequest(observer, { path: "/contacts", status });
  expect(await readRequests(registry)).toEqual({
    "GET /contacts 200": 2,
    "POST /contacts 200": 1,
    "GET /contacts 202": 1,
    "GET /contacts 204": 1,
  });
});

it("a response that says limit and remaining, and not when the window ends, tells nothing of it", async () => {
  const registry = new Registry();
  const observer = createObserver(registry);
  observeRequest(observer, { headers: { "x-ratelimit-limit": "100", "x-ratelimit-remaining": "9" } });
  expect(await readValue(registry, "rateLimitUnknown")).toBe(1);
  expect(await readValue(registry, "rateLimit")).toBeUndefined();
});

it("a promise of any library is told by its method `then`", () => {
  // biome-ignore lint/suspicious/noThenProperty: what promises of other libraries have
  const withThen = (then: unknown) => Object.fromEntries([["then", then]]);
  const values = [Promise.resolve(), withThen(() => {}), withThen(true), {}, "then", null, undefined];
  expect(values.map(isThenable)).toEqual([true, true, false, false, false, false, false]);
});

it("a response of another host says nothing of Intercom's headers", async () => {
  const registry = new Registry();
  const observer = createObserver(registry);
  observer.start(outgoing())?.finish({ status: 200, fromOtherHost: true });
  expect(await readValue(registry, "rateLimitUnknown", {})).toBe(0);
  observer.start(outgoing())?.finish({ status: 200 });
  expect(await readValue(registry, "rateLimitUnknown", {})).toBe(1);
});

it("an instrument has the unit of its metric, none where that is empty, and attributes in order", () => {
  const made: unknown[] = [];
  const added: string[][] = [];
  const meter = {
    createCounter(_: string, { unit }: { unit?: string }) {
      made.push(unit);
      return { add: (_value: number, labels: object) => void added.push(Object.keys(labels)) };
    },
  } as unknown as Meter;
  createCounter(meter, { ...METRICS.requests, unit: "" }).add({ b: "1", c: "2", a: "3" });
  createCounter(meter, METRICS.requests);
  expect(made).toEqual([undefined, "{request}"]);
  expect(added).toEqual([["a", "b", "c"]]);
});

it("what adds up is observed as a whole number that goes up and down, and all else as a gauge", () => {
  const made: unknown[] = [];
  const observable = { addCallback() {} };
  const meter = {
    createObservableUpDownCounter(name: string, { valueType }: { valueType?: ValueType }) {
      made.push([name, "sum", valueType]);
      return observable;
    },
    createObservableGauge(name: string, { valueType }: { valueType?: ValueType }) {
      made.push([name, "gauge", valueType]);
      return observable;
    },
  } as unknown as Meter;
  for (const definition of [METRICS.inFlight, METRICS.rateLimit]) createObserved(meter, definition);
  expect(made).toEqual([
    [METRICS.inFlight.name, "sum", ValueType.INT],
    [METRICS.rateLimit.name, "gauge", ValueType.DOUBLE],
  ]);
});

it("each recorder of ours says in which stage it works, and bears an attempt that it has not started", async () => {
  const registry = new Registry();
  const pages = new PrometheusRecorder(registry, ["default"]);
  const meter = new MeterRecorder(undefined, []);
  const spans = new SpanRecorder({ suppressHttpSpans: false, expectedStatuses: new Set() });
  expect([pages.stage, meter.stage, spans.stage]).toEqual(["metrics", "metrics", "span"]);
  expect(spans.propagationContextOf(undefined)).toBeUndefined();
  expect(spans.traceOf(undefined)).toBeUndefined();
  meter.abandon(undefined);
  meter.fail("span");
  pages.fail("span");
  pages.fail("unheard of" as never);
  expect(await readValue(registry, "failures", { stage: "span" })).toBe(1);
});

it("a recorder that cannot flush is passed over", async () => {
  const messages = listenToDiag();
  const observer = new Observer({
    client: "a",
    hosts: [{ hostname: "api.intercom.io", basePath: "" }],
    recorders: [{ finish() {} }],
  });
  await observer.flush();
  expect(messages).toEqual([]);
});
