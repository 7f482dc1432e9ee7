import { METRICS } from "@intercom-telemetry/core/contract";
import fc from "fast-check";
import * as promClient15 from "prom-client";
import * as promClient14 from "prom-client-14";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
  type Content,
  content,
  fillWithOurs,
  fillWithTheirs,
  type Library,
} from "../support/metric-twins.ts";

type Registry = promClient15.Registry<promClient15.RegistryContentType>;

const TEXT = promClient15.prometheusContentType;
const OPEN_METRICS = promClient15.openMetricsContentType;
const NOW = 1_795_552_925.5;

beforeEach(() => void vi.useFakeTimers({ toFake: ["Date"], now: NOW * 1000 }));
afterEach(() => void vi.useRealTimers());

const CASES: [string, Library, string][] = [
  ["prom-client 14, text", promClient14 as unknown as Library, TEXT],
  ["prom-client 15, text", promClient15, TEXT],
  ["prom-client 15, OpenMetrics", promClient15, OPEN_METRICS],
];

/** The lines of a page, with the labels of each in one order. */
const parse = (page: string): string[] =>
  page.split("\n").map((line) =>
    line.replace(/^(\w+)\{((?:\w+="(?:[^"\\]|\\[\s\S])*",?)*)\}/, (_, name: string, labels: string) => {
      const pairs = labels.match(/\w+="(?:[^"\\]|\\[\s\S])*"/g) ?? [];
      return `${name}{${pairs.sort().join(",")}}`;
    }),
  );

/** Each page is large, so that few runs meet every kind of label and value. */
const RUNS = { numRuns: 40 };

describe.each(CASES)("beside the same metrics of %s", (_, library, contentType) => {
  const exemplars = contentType === OPEN_METRICS;

  function pair(given: Content): [ours: Registry, theirs: Registry] {
    const registries = [new library.Registry(), new library.Registry()] as [Registry, Registry];
    if (exemplars) for (const registry of registries) registry.setContentType(OPEN_METRICS);
    fillWithOurs(registries[0], given, exemplars);
    fillWithTheirs(library, registries[1], given, exemplars);
    return registries;
  }

  it("a page is the same, byte for byte, and so is the next", () =>
    fc.assert(
      fc.asyncProperty(content, async (given) => {
        const [ours, theirs] = pair(given);
        for (let scrape = 0; scrape < 2; scrape += 1)
          expect(await ours.metrics()).toBe(await theirs.metrics());
      }),
      RUNS,
    ));

  it("with default labels, a page says the same", () =>
    fc.assert(
      fc.asyncProperty(content, async (given) => {
        const registries = pair(given);
        for (const registry of registries) registry.setDefaultLabels({ service: "shop", client: "never" });
        const [ours, theirs] = await Promise.all(registries.map((registry) => registry.metrics()));
        expect(parse(ours ?? "")).toEqual(parse(theirs ?? ""));
      }),
      RUNS,
    ));

  it("the values as JSON are the same, with default labels and without", () =>
    fc.assert(
      fc.asyncProperty(content, fc.boolean(), async (given, withDefaults) => {
        const registries = pair(given);
        if (withDefaults) for (const registry of registries) registry.setDefaultLabels({ service: "shop" });
        // prom-client 15 writes null where a bucket has no exemplar.
        const [ours, theirs] = await Promise.all(
          registries.map(async (registry) =>
            JSON.parse(JSON.stringify(await registry.getMetricsAsJSON()), (key, each) =>
              key === "exemplar" && each === null ? undefined : each,
            ),
          ),
        );
        expect(ours).toEqual(theirs);
      }),
      RUNS,
    ));

  it("what a cluster makes of two workers is the same", () =>
    fc.assert(
      fc.asyncProperty(content, content, async (first, second) => {
        const workers = [pair(first), pair(second)];
        const [ours, theirs] = await Promise.all(
          [0, 1].map(async (side) => {
            const parts = await Promise.all(workers.map((worker) => worker[side]?.getMetricsAsJSON()));
            const received = JSON.parse(JSON.stringify(parts));
            return library.AggregatorRegistry.aggregate(received).metrics();
          }),
        );
        expect(ours).toBe(theirs);
      }),
      RUNS,
    ));

  it("one metric alone, and a merged registry, are the same", () =>
    fc.assert(
      fc.asyncProperty(content, async (given) => {
        const [ours, theirs] = pair(given);
        const { name } = METRICS.duration;
        expect(await ours.getSingleMetricAsString(name)).toBe(await theirs.getSingleMetricAsString(name));
        const [merged, expected] = [ours, theirs].map((registry) => {
          const empty = new library.Registry();
          if (exemplars) empty.setContentType(OPEN_METRICS as never);
          return library.Registry.merge([registry as never, empty as never]);
        });
        expect(await merged?.metrics()).toBe(await expected?.metrics());
      }),
      RUNS,
    ));
});
