import { METRICS } from "@intercom-telemetry/core/contract";
import { readLastSamples, waitUntil } from "@intercom-telemetry/local-prometheus";
import { type Sample, scrape, sumOf } from "./metrics-text.ts";

/** Where the metrics of a service are read. */
export interface MetricsPlace {
  readonly name: string;
  /** Its own page, in the scrape pipeline. */
  readonly metricsUrl: string | undefined;
  /** The store that it sends to, in the OTLP pipeline. */
  readonly storeUrl: string | undefined;
}

const TIMEOUT_SECONDS = 10;

/** What a service has counted: by its page, or by the store. */
export async function readMetrics({ name, metricsUrl, storeUrl }: MetricsPlace): Promise<readonly Sample[]> {
  if (storeUrl === undefined) return metricsUrl === undefined ? [] : scrape(metricsUrl);
  const samples = await readLastSamples(storeUrl, `{__name__=~"intercom_.+",job="${name}"}`);
  return samples.map(({ metric: { __name__: metricName = "", ...labels }, value }) => ({
    name: metricName,
    labels,
    value,
  }));
}

/**
 * The last numbers of all services. A store shows them a moment after it has them: that many requests are waited for,
 * as long as can be expected.
 */
export async function readLastMetrics(
  services: readonly MetricsPlace[],
  requests: number,
): Promise<readonly Sample[]> {
  let samples: readonly Sample[] = [];
  const look = async (): Promise<true | undefined> => {
    samples = (await Promise.all(services.map(readMetrics))).flat();
    return sumOf(samples, METRICS.requests.name) >= requests || undefined;
  };
  await waitUntil("all requests are counted", TIMEOUT_SECONDS, look).catch(() => {});
  return samples;
}
