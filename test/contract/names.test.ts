import { VERSION } from "@intercom-telemetry/core";
import { ATTRIBUTES, LABELS, METRICS } from "@intercom-telemetry/core/contract";
import { describe, expect, it } from "vitest";
import { PUBLISHED, readSources } from "../support/packages.ts";

const NAMES = [...Object.values(METRICS), ...Object.values(ATTRIBUTES)].map(({ name }) => name);
const METRIC_NAME = /intercom_(client|exporter|probe|platform|telemetry)_/;

/** Comments may name a metric; code must ask the contract. */
const withoutComments = (source: string): string =>
  source.replaceAll(/\/\*[\s\S]*?\*\//g, "").replaceAll(/^\s*\/\/.*$/gm, "");

const elsewhere = [...readSources()]
  .filter(([path]) => !path.startsWith("core/src/contract/"))
  .map(([path, source]) => [path, withoutComments(source)] as const);

it("names of metrics and attributes are spelled in the contract and nowhere else in the packages", () => {
  expect(elsewhere.length).toBeGreaterThan(50);
  const offenders = elsewhere.flatMap(([path, source]) =>
    NAMES.filter((name) => source.includes(`"${name}"`) || source.includes(`${name}{`)).map((name) => [
      path,
      name,
    ]),
  );
  expect(offenders).toEqual([]);
});

it("no part of a metric's name is put together elsewhere", () => {
  expect(elsewhere.filter(([, source]) => METRIC_NAME.test(source)).map(([path]) => path)).toEqual([]);
});

describe("names follow the rules of Prometheus and OpenTelemetry", () => {
  it.each(Object.values(METRICS))("$name", ({ name, type, labels, help, buckets, aggregator, writer }) => {
    expect(name).toMatch(/^intercom_[a-z]+(_[a-z]+)+$/);
    expect(name.endsWith("_total")).toBe(type === "counter");
    for (const label of labels) expect(label).toMatch(/^[a-z][a-z_]*$/);
    expect(help.endsWith(".")).toBe(true);
    expect(buckets !== undefined).toBe(type === "histogram");
    expect(buckets ?? []).toEqual([...(buckets ?? [])].sort((left, right) => left - right));
    if (type === "gauge" && writer === "client") expect(aggregator).toBeDefined();
  });

  it.each(Object.values(ATTRIBUTES))("$name", ({ name }) => {
    expect(name).toMatch(/^[a-z]+(\.[a-z_]+)+$/);
  });

  it("and are all different", () => {
    expect(new Set(NAMES).size).toBe(NAMES.length);
  });
});

it("the histogram of durations reaches a minute, has the slow edge, and no edge that two versions print differently", () => {
  const { buckets = [], labels } = METRICS.duration;
  expect(Math.max(...buckets)).toBeGreaterThan(60);
  expect(buckets).toContain(2.5);
  expect(buckets.filter(Number.isInteger)).toEqual([]);
  expect(labels).not.toContain("error_code");
});

it.each(PUBLISHED)("VERSION is the version of $folder", ({ manifest }) => {
  expect(manifest.version).toBe(VERSION);
});

/** What a scrape adds to a series: Prometheus itself, its operator and VictoriaMetrics', and federation. */
const OF_SCRAPES = [
  "job",
  "instance",
  "namespace",
  "service",
  "pod",
  "container",
  "node",
  "endpoint",
  "prometheus",
  "cluster",
];

it("no label of ours is one that a scrape adds, which would replace it", () => {
  const ours = Object.values(METRICS).flatMap(({ labels }) => labels);
  expect(ours.filter((label) => OF_SCRAPES.includes(label))).toEqual([]);
});

it("each label of the request counter says what a span attribute says", () => {
  expect(METRICS.requests.labels).toEqual(Object.keys(LABELS));
  for (const key of Object.values(LABELS)) expect(ATTRIBUTES[key].name).toBeDefined();
  for (const { labels, writer } of Object.values(METRICS)) {
    if (writer !== "client") continue;
    for (const label of labels) expect([...Object.keys(LABELS), "version", "stage"]).toContain(label);
  }
});

it("the old names of the first contract are nowhere", () => {
  const old = /\bexported_endpoint\b|endpoint=|"held_back"/;
  expect(elsewhere.filter(([, source]) => old.test(source)).map(([path]) => path)).toEqual([]);
});
