/**
 * `scrape-worker.ts <calls>`: calls to every operation in turn, then what a scrape costs, beside a plain registry that
 * holds the same series. Prints JSON.
 */
import { instrumentIntercom } from "@intercom-telemetry/axios";
import { INTERCOM_OPERATIONS } from "@intercom-telemetry/core";
import axios from "axios";
import { Counter, Gauge, Histogram, Registry } from "prom-client";
import { answerAtOnce } from "./mixed-answers.ts";
import { median } from "./statistics.ts";

const SCRAPES = 21;

/** The same names, labels and values, made with prom-client alone. */
async function copyPlainly(registry: Registry): Promise<Registry> {
  const copy = new Registry();
  const registers = [copy];
  for (const { name, help, type, values } of await registry.getMetricsAsJSON()) {
    const labelled = values.map(({ labels, value }) => ({
      labels: { ...labels } as Record<string, string>,
      value,
    }));
    const labelNames = [...new Set(labelled.flatMap(({ labels }) => Object.keys(labels)))].filter(
      (each) => each !== "le",
    );
    const configuration = { name, help, labelNames, registers };
    if (String(type) === "counter") {
      const counter = new Counter(configuration);
      for (const { labels, value } of labelled) counter.inc(labels, value);
    } else if (String(type) === "gauge") {
      const gauge = new Gauge(configuration);
      for (const { labels, value } of labelled) gauge.set(labels, value);
    } else {
      const edges = labelled.map(({ labels }) => Number(labels.le)).filter(Number.isFinite);
      const histogram = new Histogram({ ...configuration, buckets: [...new Set(edges)] });
      for (const {
        labels: { le, ...labels },
      } of labelled)
        if (le === "+Inf") histogram.observe(labels, 0.01);
    }
  }
  return copy;
}

async function timeScrapes(registry: Registry): Promise<number> {
  const milliseconds: number[] = [];
  for (let scrape = 0; scrape < SCRAPES; scrape += 1) {
    const started = performance.now();
    await registry.metrics();
    milliseconds.push(performance.now() - started);
  }
  return median(milliseconds);
}

const registry = new Registry();
const api = axios.create({ baseURL: "https://api.intercom.io", adapter: answerAtOnce });
instrumentIntercom(api, { registry });
for (let call = 0; call < Number(process.argv[2]); call += 1) {
  const { method, template } = INTERCOM_OPERATIONS[call % INTERCOM_OPERATIONS.length] ?? {
    method: "GET",
    template: "/me",
  };
  const url = `${template.replace(/\{[^}]+\}/g, "7")}?n=${call % 100}`;
  await api.request({ method, url }).catch(() => undefined);
}
const plain = await copyPlainly(registry);
const text = await registry.metrics();
const series = text.split("\n").filter((line) => line !== "" && !line.startsWith("#")).length;
await timeScrapes(registry);
await timeScrapes(plain);
const scraped = {
  oursMilliseconds: await timeScrapes(registry),
  plainMilliseconds: await timeScrapes(plain),
};
process.stdout.write(JSON.stringify({ ...scraped, series, bytes: text.length }));
