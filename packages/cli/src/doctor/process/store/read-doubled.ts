import type { DoubledClient } from "../facts.ts";
import { processesOf, processOf, type SeriesValue } from "../series.ts";
import type { Store } from "./ask-store.ts";
import type { Select } from "./selectors.ts";

/** Two pipelines see the same process at different moments. */
const SAME_RATIO = 0.1;

interface Counted {
  scraped: number;
  pushed: number;
  isScraped: boolean;
  isPushed: boolean;
}

function countBySource(
  requests: readonly SeriesValue[],
  targets: ReadonlySet<string>,
): ReadonlyMap<string, Counted> {
  const counted = new Map<string, Counted>();
  for (const series of requests) {
    const { client = "", otel_scope_name: scope = "" } = series.labels;
    const sums = counted.get(client) ?? { scraped: 0, pushed: 0, isScraped: false, isPushed: false };
    // A page of OpenTelemetry's exporter is scraped; its scope tells it from one of prom-client.
    if (targets.has(processOf(series)) && scope === "") {
      sums.scraped += series.value;
      sums.isScraped = true;
    } else {
      sums.pushed += series.value;
      sums.isPushed = true;
    }
    counted.set(client, sums);
  }
  return counted;
}

const isSame = ({ scraped, pushed }: Counted): boolean =>
  Math.abs(scraped - pushed) <= SAME_RATIO * Math.max(scraped, pushed);

/**
 * Clients that come both from pages of prom-client and from OpenTelemetry. Only what is scraped has `up`.
 *
 * @param probes processes that share the names of clients, and count only their requests.
 */
export async function readDoubled(
  store: Store,
  select: Select,
  probes: ReadonlySet<string>,
): Promise<readonly DoubledClient[]> {
  const by = "(job, instance)";
  const [requests, up] = await Promise.all([
    store.query(`sum by (client, job, instance, otel_scope_name) (${select("requests")})`),
    store.query(`group by ${by} (up) and on ${by} group by ${by} (${select("info")})`),
  ]);
  const ofServices = requests.filter((series) => !probes.has(processOf(series)));
  return [...countBySource(ofServices, processesOf(up))]
    .filter(([, sums]) => sums.isScraped && sums.isPushed)
    .map(([client, sums]) => ({ client, isSame: isSame(sums) }));
}
