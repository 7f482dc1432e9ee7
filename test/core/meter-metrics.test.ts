import { METRICS, type MetricKey } from "@intercom-telemetry/core/contract";
import {
  createObserver,
  type Observer,
  resolveTelemetryOptions,
  VERSION,
} from "@intercom-telemetry/core/record";
import { AggregationType } from "@opentelemetry/sdk-metrics";
import { Registry } from "prom-client";
import { describe, expect, it } from "vitest";
import { startMetering } from "../support/metering.ts";
import { type ObservedRequest, observeRequest, outgoing } from "../support/observer.ts";
import { readSeries, type Series } from "../support/series.ts";
import { usualHeaders } from "../support/stub-adapter.ts";

const observe = (options: object): Observer =>
  createObserver(resolveTelemetryOptions({ spans: false, ...options }));

const CLIENT_KEYS = (Object.keys(METRICS) as MetricKey[]).filter((key) => METRICS[key].writer === "client");

/** By name and labels; durations differ from run to run, so only their number is compared. */
const comparable = (series: readonly Series[]) =>
  Object.fromEntries(
    series.map(({ name, labels, value }) => {
      const sorted = Object.fromEntries(
        Object.entries(labels).sort(([left], [right]) => (left < right ? -1 : 1)),
      );
      const isTimed = /_seconds_(sum|bucket)$/.test(name);
      return [`${name}${JSON.stringify(sorted)}`, isTimed ? "timed" : value];
    }),
  );

const TRAFFIC: readonly ObservedRequest[] = [
  {},
  { path: "/contacts/1", status: 404, body: { type: "error.list", errors: [{ code: "not_found" }] } },
  { path: "/contacts/1", status: 429, headers: usualHeaders({ "x-ratelimit-remaining": "0" }) },
  { path: "/contacts/1", retryCount: 1, follows: { code: "rate_limit_exceeded", category: "rate_limit" } },
  { method: "POST", path: "/contacts", status: 503 },
  {
    method: "POST",
    path: "/contacts",
    retryCount: 1,
    follows: { code: "service_unavailable", category: "server" },
  },
  { failure: "ECONNRESET" },
  { method: "BREW", path: "/nowhere", status: 418, headers: {} },
  { status: 200, headers: {} },
];

it("the same traffic makes the same series as in prom-client, with the same values", async () => {
  const registry = new Registry();
  const { provider, readSeries: readMeter } = startMetering();
  const observers = [observe({ client: "a", registry }), observe({ client: "a", meter: provider })];
  for (const observer of observers) for (const request of TRAFFIC) observeRequest(observer, request);
  for (const observer of observers) observer.start(outgoing());
  for (const key of CLIENT_KEYS) {
    const expected = comparable(await readSeries(registry, key));
    expect(Object.keys(expected).length, key).toBeGreaterThan(0);
    expect(comparable(await readMeter(key)), key).toEqual(expected);
  }
});

it("every instrument has the name, the help and the unit of the contract", async () => {
  const { provider, collect } = startMetering();
  observeRequest(observe({ meter: provider }));
  const found = (await collect()).map(({ descriptor: { name, description, unit } }) => [
    name,
    description,
    unit,
  ]);
  const expected = CLIENT_KEYS.map((key) => [METRICS[key].name, METRICS[key].help, METRICS[key].unit]);
  expect(found.sort()).toEqual(expected.sort());
});

it("series that can be known at set-up are there from the start, at 0", async () => {
  const { provider, readValue, readSeries: readMeter } = startMetering();
  observe({ client: "a", meter: provider });
  expect(await readValue("rateLimitUnknown", { client: "a" })).toBe(0);
  expect(await readValue("inFlight", { client: "a" })).toBe(0);
  expect(await readValue("windowUsage", { client: "a" }, "_count")).toBe(0);
  expect(await readValue("windowUsage", { client: "a" }, "_sum")).toBe(0);
  expect(await readValue("info", { client: "a", version: VERSION })).toBe(1);
  const stages = (await readMeter("failures")).map(({ labels, value }) => [labels.stage, value]);
  const known = ["start", "classify", "span", "metrics", "recorder", "on_outcome"];
  expect(stages).toEqual(known.map((stage) => [stage, 0]));
});

it("an attempt that is abandoned is not counted, and no longer in flight", async () => {
  const { provider, readValue, readTotal } = startMetering();
  const observation = observe({ meter: provider }).start(outgoing());
  expect(await readValue("inFlight")).toBe(1);
  observation?.abandon();
  expect(await readValue("inFlight")).toBe(0);
  expect(await readTotal("requests")).toBe(0);
});

it("what recorders of the user's throw is counted", async () => {
  const { provider, readValue } = startMetering();
  const finish = () => {
    throw new Error("no");
  };
  observeRequest(observe({ meter: provider, recorders: [{ finish }] }));
  expect(await readValue("failures", { stage: "recorder" })).toBe(1);
});

it("two transports of one client share what is in flight, and add up", async () => {
  const { provider, readValue, readTotal } = startMetering();
  const observers = [observe({ client: "a", meter: provider }), observe({ client: "a", meter: provider })];
  for (const observer of observers) observer.start(outgoing());
  for (const observer of observers) observeRequest(observer);
  expect(await readValue("inFlight", { client: "a" })).toBe(2);
  expect(await readTotal("requests")).toBe(2);
});

it("a view that drops an attribute leaves sums as they are", async () => {
  const { provider, readSeries: readMeter } = startMetering({
    views: [
      {
        instrumentName: METRICS.requests.name,
        attributesProcessors: [{ process: ({ client }) => ({ client: client ?? "" }) }],
      },
    ],
  });
  const observer = observe({ client: "a", meter: provider });
  for (const request of TRAFFIC) observeRequest(observer, request);
  expect(await readMeter("requests")).toEqual([
    { name: METRICS.requests.name, labels: { client: "a" }, value: TRAFFIC.length },
  ]);
});

it("a view may choose other buckets", async () => {
  const { provider, readSeries: readMeter } = startMetering({
    views: [
      {
        instrumentName: METRICS.duration.name,
        aggregation: { type: AggregationType.EXPLICIT_BUCKET_HISTOGRAM, options: { boundaries: [1] } },
      },
    ],
  });
  observeRequest(observe({ meter: provider }));
  const edges = (await readMeter("duration")).flatMap(({ labels }) => labels.le ?? []);
  expect(edges).toEqual([1, "+Inf"]);
});

describe("a provider of other code", () => {
  /** Counts what its histograms are given. */
  const createProvider = (recorded: number[]) => {
    const observable = { addCallback() {}, removeCallback() {} };
    const meter = {
      createCounter: () => ({ add() {} }),
      createHistogram: () => ({ record: (value: number) => recorded.push(value) }),
      createObservableGauge: () => observable,
      createObservableUpDownCounter: () => observable,
    };
    return { getMeter: () => meter };
  };

  it("gets no NaN, which would spoil its sums", () => {
    const recorded: number[] = [];
    observeRequest(observe({ meter: createProvider(recorded) }));
    expect(recorded).toHaveLength(1);
    expect(recorded.every(Number.isFinite)).toBe(true);
  });
});
