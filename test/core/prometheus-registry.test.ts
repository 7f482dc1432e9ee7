import { METRICS } from "@intercom-telemetry/core/contract";
import { Counter, Gauge, Histogram, Registry } from "prom-client";
import { Registry as Registry14 } from "prom-client-14";
import { beforeEach, describe, expect, it } from "vitest";
import { SeriesSet } from "../../packages/core/src/record/series/series-set.ts";
import { createObserver, observeRequest, outgoing } from "../support/observer.ts";
import { type AnyRegistry, readRequests, readSeries, readValue } from "../support/series.ts";

const CLIENT_METRICS = Object.values(METRICS).filter(({ writer }) => writer === "client");
const { name, help, labels } = METRICS.requests;

const LIBRARIES: [string, () => AnyRegistry][] = [
  ["prom-client 15", () => new Registry()],
  ["prom-client 14", () => new Registry14() as unknown as AnyRegistry],
];

describe.each(LIBRARIES)("a registry of %s", (_, createRegistry) => {
  let registry: AnyRegistry;

  beforeEach(() => {
    registry = createRegistry();
  });

  it("holds every metric of the contract with its type, help, labels, buckets and aggregator", async () => {
    createObserver(registry);
    const found = await registry.getMetricsAsJSON();
    expect(found.map((metric) => metric.name).sort()).toEqual(CLIENT_METRICS.map((each) => each.name).sort());
    for (const { aggregator = "sum", buckets, ...definition } of CLIENT_METRICS) {
      const metric = registry.getSingleMetric(definition.name) as unknown as {
        labelNames: string[];
        buckets: number[];
      };
      expect(await registry.getSingleMetric(definition.name)?.get()).toMatchObject({
        name: definition.name,
        help: definition.help,
        type: definition.type,
        aggregator,
      });
      expect(metric.labelNames).toEqual(definition.labels);
      if (buckets) expect(metric.buckets).toEqual(buckets);
    }
  });

  it("is cleared: it gets its metrics again with the next request, from zero, and no gauge goes below zero", async () => {
    const observer = createObserver(registry);
    const open = observer.start(outgoing());
    observeRequest(observer);
    registry.clear();
    observeRequest(observer, { path: "/admins" });
    open?.finish({ status: 200 });
    expect(await readValue(registry, "inFlight")).toBe(0);
    expect(await readRequests(registry)).toEqual({ "GET /admins 200": 1 });
    expect(await readValue(registry, "info")).toBe(1);
    expect((await readSeries(registry, "failures")).map(({ value }) => value)).toEqual([0, 0, 0, 0, 0, 0]);
    expect((await registry.getMetricsAsJSON()).length).toBe(CLIENT_METRICS.length);
  });

  it("is cleared under two observers: both write into the same metrics again", async () => {
    const observers = [createObserver(registry, "a"), createObserver(registry, "b")];
    registry.clear();
    for (const observer of observers) observeRequest(observer);
    for (const client of ["a", "b"]) {
      expect(await readValue(registry, "requests", { client, status_code: "200" })).toBe(1);
      expect(await readValue(registry, "info", { client })).toBe(1);
    }
  });

  it.each(CLIENT_METRICS.map((each) => each.name))(
    "gets %s again, from zero, when only that was removed",
    async (removed) => {
      const observer = createObserver(registry);
      observeRequest(observer, { status: 404 });
      registry.removeSingleMetric(removed);
      for (const _ of CLIENT_METRICS) observeRequest(observer);
      expect(registry.getSingleMetric(removed)).toBeDefined();
      const failed = await readValue(registry, "requests", { status_code: "404" });
      expect(failed).toBe(removed === METRICS.requests.name ? 0 : 1);
      expect((await registry.getMetricsAsJSON()).length).toBe(CLIENT_METRICS.length);
    },
  );

  it("is reset: what was counted starts at zero, and what was pre-initialized stays", async () => {
    const observer = createObserver(registry);
    observeRequest(observer, { status: 503 });
    registry.resetMetrics();
    expect(await readRequests(registry)).toEqual({});
    expect(await readValue(registry, "requests", { status_code: "429" })).toBe(0);
    expect(await readValue(registry, "duration", {}, "_count")).toBe(0);
    expect(await readValue(registry, "info")).toBe(1);
    observeRequest(observer);
    expect(await readRequests(registry)).toEqual({ "GET /me 200": 1 });
    expect(await readValue(registry, "duration", {}, "_count")).toBe(1);
  });

  it("is merged with another: the page has both", async () => {
    const other = createRegistry();
    const own = new Counter({ name: "mine_total", help: "Mine.", registers: [] });
    other.registerMetric(own);
    own.inc();
    observeRequest(createObserver(registry));
    const merge = (registry.constructor as typeof Registry).merge;
    const page = await merge([registry, other] as never).metrics();
    expect(page).toContain("mine_total 1");
    expect(page).toMatch(/intercom_client_requests_total\{.*status_code="200".*\} 1/);
  });

  it("has objects that readers may change: the next reading is not affected", async () => {
    observeRequest(createObserver(registry));
    for (const { values } of await registry.getMetricsAsJSON()) {
      for (const value of values) Object.assign(value.labels, { client: "changed" });
    }
    const pages = await Promise.all([registry.metrics(), registry.getMetricsAsJSON()]);
    expect(JSON.stringify(pages)).not.toContain("changed");
  });

  it("has metrics whose series another copy of the package finds", () => {
    createObserver(registry);
    const series = CLIENT_METRICS.map((each) =>
      Reflect.get(
        registry.getSingleMetric(each.name) as object,
        Symbol.for("@intercom-telemetry/core.series.2"),
      ),
    );
    expect(series[0]).toBeInstanceOf(SeriesSet);
    expect(new Set(series).size).toBe(1);
  });

  it("is used by two observers of one client: their requests add up", async () => {
    const [first, second, other] = [
      createObserver(registry, "a"),
      createObserver(registry, "a"),
      createObserver(registry, "b"),
    ];
    const open = first.start(outgoing());
    second.start(outgoing());
    expect(await readValue(registry, "inFlight", { client: "a" })).toBe(2);
    expect(await readValue(registry, "inFlight", { client: "b" })).toBe(0);
    open?.finish({ status: 200 });
    observeRequest(second);
    observeRequest(other);
    expect(await readValue(registry, "requests", { client: "a", status_code: "200" })).toBe(2);
    expect(await readValue(registry, "requests", { client: "b", status_code: "200" })).toBe(1);
  });
});

describe("a metric of other code under one of our names is refused, by name", () => {
  const expected = `registry: expected metric ${name} to be this version's own counter with labels [${labels.join(", ")}], but other code has registered a`;

  it.each([
    [
      "with the same type and labels",
      (registers: Registry[]) => new Counter({ name, help, labelNames: [...labels], registers }),
      `counter with labels [${labels.join(", ")}]`,
    ],
    [
      "of another type",
      (registers: Registry[]) => new Gauge({ name, help, labelNames: [...labels], registers }),
      `gauge with labels [${labels.join(", ")}]`,
    ],
    [
      "with other labels",
      (registers: Registry[]) => new Counter({ name, help, labelNames: ["route", "code"], registers }),
      "counter with labels [route, code]",
    ],
    [
      "with labels that are no list",
      ([registry]: Registry[]) =>
        registry?.registerMetric({ name, type: "counter", labelNames: "route" } as never),
      "counter with unknown labels",
    ],
  ])("%s", (_, register, found) => {
    const registry = new Registry();
    register([registry]);
    expect(() => createObserver(registry)).toThrow(new Error(`${expected} ${found}`));
  });

  it("also when it is of ours, and of another registry than the rest", () => {
    const registry = new Registry();
    for (const each of [METRICS.requests, METRICS.duration]) {
      const other = new Registry();
      createObserver(other);
      registry.registerMetric(other.getSingleMetric(each.name) as Counter);
    }
    expect(() => createObserver(registry)).toThrow(`expected metric ${METRICS.duration.name} to be`);
  });

  it("before any of ours is registered", () => {
    const registry = new Registry();
    const { name: last, help: text } = METRICS.failures;
    new Histogram({ name: last, help: text, registers: [registry] });
    expect(() => createObserver(registry)).toThrow(`expected metric ${last} to be`);
    expect(registry.getMetricsAsArray()).toHaveLength(1);
  });

  it("also when it takes the place of one of ours later, which no request notices", () => {
    const registry = new Registry();
    const observer = createObserver(registry);
    registry.removeSingleMetric(name);
    new Gauge({ name, help, registers: [registry] });
    expect(observeRequest(observer)).toMatchObject({ status: 200 });
  });
});
