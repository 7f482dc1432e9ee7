import { findOperation, INTERCOM_OPERATIONS } from "@intercom-telemetry/core";
import { METRICS } from "@intercom-telemetry/core/contract";
import { PrometheusRecorder } from "@intercom-telemetry/core/record";
import type * as PromClient from "prom-client";

/** prom-client in any version, by the types of the newest. */
export type Library = typeof PromClient;

const DURATION_SECONDS = 0.01;

const failed = (code: string, category: string) => ({ code, category, retryable: false, entries: 1 });
const ENDINGS = [
  { status: 200 },
  { status: 404, error: failed("not_found", "not_found") },
  { status: 503, error: failed("service_unavailable", "server") },
];

/** How many samples a page has. */
export const countSeries = (page: string): number =>
  page.split("\n").filter((line) => line !== "" && !line.startsWith("#")).length;

/** Every operation by one client after the other, until a page has the wanted number of series. */
export async function fillRegistry(registry: PromClient.Registry, wanted: number): Promise<void> {
  const recorder = new PrometheusRecorder(registry, []);
  for (let call = 0; ; call += 1) {
    const { method, template } = INTERCOM_OPERATIONS[call % INTERCOM_OPERATIONS.length] ?? {};
    const target = { path: template?.replace(/\{[^}]+\}/g, "7") ?? "" };
    const operation = findOperation(method ?? "GET", target as Parameters<typeof findOperation>[1]);
    const client = `client-${Math.floor(call / INTERCOM_OPERATIONS.length)}`;
    for (const ending of ENDINGS) {
      const attempt = { client, operation } as Parameters<PrometheusRecorder["start"]>[0];
      const outcome = { ...ending, retryCount: 0, durationSeconds: DURATION_SECONDS };
      recorder.finish(outcome as never, recorder.start(attempt), attempt);
    }
    if (call % 20 === 0 && countSeries(await registry.metrics()) >= wanted) return;
  }
}

type Values = readonly { readonly labels: Record<string, string>; readonly value: number }[];

/** A histogram with as many observations as each count says. */
function fillHistogram(histogram: PromClient.Histogram, values: Values): void {
  for (const { labels, value } of values) {
    const { le, ...others } = labels;
    if (le !== "+Inf") continue;
    histogram.zero(others);
    for (let count = 0; count < value; count += 1) histogram.observe(others, DURATION_SECONDS);
  }
}

/** The same series and values, made with prom-client alone. */
export async function copyPlainly(
  library: Library,
  registry: PromClient.Registry,
): Promise<PromClient.Registry> {
  const copy = new library.Registry();
  const found = await registry.getMetricsAsJSON();
  for (const { name, help, labels: labelNames, type, buckets } of Object.values(METRICS)) {
    const metric = found.find((each) => each.name === name);
    if (!metric) continue;
    const configuration = { name, help, labelNames, registers: [copy] };
    const values = metric.values.map(({ labels, value }) => ({ labels: { ...labels }, value })) as Values;
    if (type === "counter") {
      const counter = new library.Counter(configuration);
      for (const { labels, value } of values) counter.inc(labels, value);
    } else if (type === "gauge") {
      const gauge = new library.Gauge(configuration);
      for (const { labels, value } of values) gauge.set(labels, value);
    } else {
      const settings = { ...configuration, buckets: [...(buckets ?? [])] };
      fillHistogram(new library.Histogram(settings) as PromClient.Histogram, values);
    }
  }
  return copy;
}
