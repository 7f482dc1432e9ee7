import { createRequire } from "node:module";
import type { AxiosInstance } from "axios";
import { register } from "prom-client";
import type { Book, RecordedRequest } from "../book.ts";
import type { Candidate } from "./candidate.ts";
import { countSeries, readSamples, repeat, type Sample, toNumber } from "./samples.ts";

const KEEPER = "prometheus-api-metrics";
const NAME = "southbound_request_duration_seconds";

interface Package {
  readonly HttpMetricsCollector: { init(): void; collect(result: unknown): void };
}

function toRequests({ name, labels, value }: Sample): RecordedRequest[] {
  if (name === "southbound_client_errors_count") return repeat(value, { failed: true });
  if (name !== `${NAME}_count`) return [];
  const status = toNumber(labels.status_code);
  return repeat(value, {
    method: String(labels.method),
    status,
    failed: status === undefined || status >= 400,
  });
}

async function readBook(url: string): Promise<Book> {
  const all = await readSamples(register);
  const samples = all.filter(({ labels }) => labels.target === url || labels.target === undefined);
  const scraped = await register.metrics();
  return {
    name: "histogram and error counter",
    keeper: KEEPER,
    keeps: ["requests", "method", "status", "failed", "seconds", "notNegative", "series", "privacy"],
    requests: samples.flatMap(toRequests),
    seconds: samples.filter(({ name }) => name === `${NAME}_sum`).reduce((sum, { value }) => sum + value, 0),
    series: countSeries(scraped),
    text: scraped,
  };
}

/** `axios-time` on the instance, and `HttpMetricsCollector.collect` around each call, as its README has it. */
export async function createPrometheusApiMetrics(): Promise<Candidate> {
  const require = createRequire(import.meta.url);
  const { HttpMetricsCollector } = require(KEEPER) as Package;
  HttpMetricsCollector.init();
  let origin = "";
  return {
    attach(api, url) {
      (require("axios-time") as (instance: AxiosInstance) => void)(api);
      origin = url;
    },
    async call(send) {
      try {
        const response = await send();
        HttpMetricsCollector.collect(response);
        return response;
      } catch (error) {
        HttpMetricsCollector.collect(error);
        throw error;
      }
    },
    read: async () => [await readBook(origin)],
  };
}
