/** One line of a metrics page. */
export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

const LINE = /^(?<name>[a-zA-Z_:][\w:]*)(?:\{(?<labels>.*)\})? (?<value>\S+)$/;
const LABEL = /(?<name>\w+)="(?<value>(?:[^"\\]|\\.)*)"/g;

function parseLabels(text: string): Record<string, string> {
  const pairs = [...text.matchAll(LABEL)].map(({ groups }) => [groups?.name, groups?.value]);
  return Object.fromEntries(pairs);
}

/**
 * Reads the text format as prom-client writes it: no time stamps, no escapes in the labels of our metrics.
 * Source: https://prometheus.io/docs/instrumenting/exposition_formats/
 *
 * @throws Error for a line that is neither a comment nor a sample.
 */
export function parseMetricsText(text: string): Sample[] {
  const lines = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  return lines.map((line) => {
    const { name, labels = "", value } = LINE.exec(line)?.groups ?? {};
    if (name === undefined)
      throw new Error(`metrics: expected name{labels} value, got ${line.slice(0, 100)}`);
    return { name, labels: parseLabels(labels), value: Number(value) };
  });
}

const SCRAPE_TIMEOUT_MILLISECONDS = 5000;

/** Reads a metrics page over HTTP, as Prometheus would. */
export async function scrape(url: string): Promise<Sample[]> {
  const response = await fetch(url, { signal: AbortSignal.timeout(SCRAPE_TIMEOUT_MILLISECONDS) });
  if (!response.ok) throw new Error(`${url}: expected status 200, got ${response.status}`);
  return parseMetricsText(await response.text());
}

/** The sum of a metric over the samples whose labels have the given values. */
export function sumOf(
  samples: readonly Sample[],
  name: string,
  labels: Readonly<Record<string, string>> = {},
): number {
  const wanted = Object.entries(labels);
  return samples
    .filter((sample) => sample.name === name && wanted.every(([key, value]) => sample.labels[key] === value))
    .reduce((sum, { value }) => sum + value, 0);
}
