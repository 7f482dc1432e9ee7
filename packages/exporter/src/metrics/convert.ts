import type { ExpositionFormat } from "./negotiate.ts";

type Labels = Readonly<Record<string, string | number>>;

/** One value, in the shape of prom-client's `getMetricsAsJSON()`. */
interface Sample {
  readonly value: number;
  readonly labels?: Labels;
  /** Set where it differs from the name of the metric: `_bucket`, `_sum`, `_count`. */
  readonly metricName?: string;
  readonly exemplar?: {
    readonly labelSet: Labels;
    readonly value: number;
    readonly timestamp: number;
  } | null;
}

/** One metric, in the shape of prom-client's `getMetricsAsJSON()`. */
interface Metric {
  readonly name: string;
  readonly help: string;
  readonly type: string;
  readonly values?: readonly Sample[];
}

const escapeText = (text: string): string => text.replace(/\\/g, "\\\\").replace(/\n/g, "\\n");
const escapeQuoted = (text: string): string => escapeText(text).replace(/"/g, '\\"');

function formatNumber(value: number): string {
  if (value === Number.POSITIVE_INFINITY) return "+Inf";
  return value === Number.NEGATIVE_INFINITY ? "-Inf" : String(value);
}

function formatLabels(labels: Labels): string {
  return Object.entries(labels)
    .map(([name, value]) => `${name}="${escapeQuoted(String(value))}"`)
    .join(",");
}

function formatSample(name: string, sample: Sample, format: ExpositionFormat): string {
  const labels = formatLabels(sample.labels ?? {});
  const line = `${name}${labels && `{${labels}}`} ${formatNumber(sample.value)}`;
  const { exemplar } = sample;
  if (format === "text" || !exemplar) return line;
  return `${line} # {${formatLabels(exemplar.labelSet)}} ${formatNumber(exemplar.value)} ${exemplar.timestamp}`;
}

/**
 * How the metric is announced, and what its plain samples are called, so that a series has one name in both formats.
 *
 * An OpenMetrics registry of prom-client drops `_total` from a counter's name and adds it to the samples, so its text
 * form gets it back. A text registry may hold a counter without `_total`, which OpenMetrics forbids: it is then of
 * unknown type, because a new suffix would be a new series.
 */
function nameMetric({ name, type }: Metric, own: ExpositionFormat, format: ExpositionFormat) {
  if (type !== "counter") return { family: name, type, sample: name };
  const base = name.replace(/_total$/, "");
  const total = `${base}_total`;
  if (format === "text") {
    const sample = own === "openmetrics" ? total : name;
    return { family: sample, type, sample };
  }
  if (own === "text" && name === base) return { family: name, type: "unknown", sample: name };
  return { family: base, type, sample: total };
}

function formatMetric(metric: Metric, own: ExpositionFormat, format: ExpositionFormat): string {
  const { family, type, sample } = nameMetric(metric, own, format);
  const help = format === "text" ? escapeText(metric.help) : escapeQuoted(metric.help);
  const lines = (metric.values ?? []).map((value) => formatSample(value.metricName ?? sample, value, format));
  return [`# HELP ${family} ${help}`, `# TYPE ${family} ${type}`, ...lines].join("\n");
}

/**
 * Renders a registry's values in the format that is not its own. Switching the registry itself would rename its
 * counters under the feet of the code that uses them.
 *
 * @param metrics what prom-client's `getMetricsAsJSON()` gave.
 * @param own the format of the registry.
 * @param format the format wanted.
 */
export function convertMetrics(metrics: unknown, own: ExpositionFormat, format: ExpositionFormat): string {
  const blocks = (metrics as readonly Metric[]).map((metric) => formatMetric(metric, own, format));
  if (format === "openmetrics") return [...blocks, "# EOF\n"].join("\n");
  return `${blocks.join("\n\n")}\n`;
}
