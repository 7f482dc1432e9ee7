import type { QueryResult } from "./prometheus.ts";

/** One series of a store with its last sample. */
export interface LastSample {
  readonly metric: Readonly<Record<string, string>>;
  readonly value: number;
}

async function read(storeUrl: string, path: string, parameters: Readonly<Record<string, string>>) {
  // Asks for what was written a moment ago. It may still take a second to show it.
  await fetch(`${storeUrl}/internal/force_flush`);
  const response = await fetch(`${storeUrl}/api/v1/${path}`, {
    method: "POST",
    body: new URLSearchParams(parameters),
  });
  if (!response.ok) throw new Error(`VictoriaMetrics: ${response.status} ${await response.text()}`);
  return response;
}

/** Result of an instant query to a VictoriaMetrics, by default about now. */
export async function queryVictoriaMetrics(
  storeUrl: string,
  query: string,
  timeSeconds?: number,
): Promise<readonly QueryResult[]> {
  const time = timeSeconds === undefined ? {} : { time: String(timeSeconds) };
  const response = await read(storeUrl, "query", { query, nocache: "1", ...time });
  const { data } = (await response.json()) as { readonly data: { readonly result: readonly QueryResult[] } };
  return data.result;
}

interface ExportedSeries {
  readonly metric: Readonly<Record<string, string>>;
  readonly values: readonly (number | null)[];
  readonly timestamps: readonly number[];
}

/** The last of the samples, which need not be in order. */
function lastOf({ metric, values, timestamps }: ExportedSeries): LastSample {
  const last = timestamps.indexOf(Math.max(...timestamps));
  return { metric, value: values[last] ?? Number.NaN };
}

/**
 * The last sample of every series that a selector matches, as a VictoriaMetrics keeps it: without the delay and the
 * look-back of a query. What is written becomes visible within a second: wait for what you expect.
 */
export async function readLastSamples(storeUrl: string, selector: string): Promise<readonly LastSample[]> {
  const response = await read(storeUrl, "export", { "match[]": selector });
  const lines = (await response.text()).split("\n").filter((line) => line !== "");
  const samples = new Map<string, ExportedSeries>();
  for (const line of lines) {
    const { metric, values, timestamps } = JSON.parse(line) as ExportedSeries;
    const key = JSON.stringify(metric);
    const before = samples.get(key);
    // A series comes in several blocks.
    samples.set(key, {
      metric,
      values: [...(before?.values ?? []), ...values],
      timestamps: [...(before?.timestamps ?? []), ...timestamps],
    });
  }
  return [...samples.values()].map(lastOf);
}
