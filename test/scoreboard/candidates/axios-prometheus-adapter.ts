import { createRequire } from "node:module";
import type { AxiosInstance } from "axios";
import { Registry } from "prom-client";
import type { Book, RecordedRequest } from "../book.ts";
import { type Candidate, callAsUsual } from "./candidate.ts";
import { countSeries, readSamples, repeat, type Sample, toNumber } from "./samples.ts";

const KEEPER = "axios-prometheus-adapter";
const NAME = "http_client_requests_seconds";

interface Package {
  createAxiosPrometheusMiddleware(instance: AxiosInstance, registry: Registry): void;
}

function toRequests({ labels, value }: Sample): RecordedRequest[] {
  const status = toNumber(labels.status_code);
  const failed = status === undefined || status >= 400;
  return repeat(value, {
    method: labels.method === undefined ? undefined : String(labels.method),
    status,
    failed,
  });
}

async function readBook(registry: Registry, hostname: string): Promise<Book> {
  const samples = (await readSamples(registry)).filter(({ labels }) => labels.host === hostname);
  const scraped = await registry.metrics();
  return {
    name: "histogram",
    keeper: KEEPER,
    keeps: ["requests", "method", "status", "failed", "seconds", "notNegative", "series", "privacy"],
    requests: samples.filter(({ name }) => name === `${NAME}_count`).flatMap(toRequests),
    seconds: samples.filter(({ name }) => name === `${NAME}_sum`).reduce((sum, { value }) => sum + value, 0),
    series: countSeries(scraped),
    text: scraped,
  };
}

/** `createAxiosPrometheusMiddleware(instance, registry)` with its default labels. */
export async function createAxiosPrometheusAdapter(): Promise<Candidate> {
  const registry = new Registry();
  let hostname = "";
  return {
    attach(api, url) {
      const { createAxiosPrometheusMiddleware } = createRequire(import.meta.url)(KEEPER) as Package;
      ({ hostname } = new URL(url));
      createAxiosPrometheusMiddleware(api, registry);
    },
    call: callAsUsual,
    read: async () => [await readBook(registry, hostname)],
  };
}
