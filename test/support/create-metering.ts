import { METRICS, type MetricKey } from "@intercom-telemetry/core/contract";
import {
  DataPointType,
  MeterProvider,
  type MetricData,
  MetricReader,
  type ViewOptions,
} from "@opentelemetry/sdk-metrics";
import type { Series } from "./series.ts";

/** Collects when it is asked to, and keeps no timer. */
class ManualReader extends MetricReader {
  protected override async onForceFlush(): Promise<void> {
    await this.collect();
  }

  protected override async onShutdown(): Promise<void> {}
}

type Labels = Series["labels"];
type HistogramPoint = Extract<MetricData, { dataPointType: DataPointType.HISTOGRAM }>["dataPoints"][number];

function histogramSeries(name: string, labels: Labels, { value }: HistogramPoint): Series[] {
  const { boundaries, counts } = value.buckets;
  let inBuckets = 0;
  const buckets = counts.map((count, index) => {
    inBuckets += count;
    return {
      name: `${name}_bucket`,
      labels: { le: boundaries[index] ?? "+Inf", ...labels },
      value: inBuckets,
    };
  });
  const sum = { name: `${name}_sum`, labels, value: value.sum ?? Number.NaN };
  return [...buckets, sum, { name: `${name}_count`, labels, value: value.count }];
}

function seriesOf(metric: MetricData): Series[] {
  const { name } = metric.descriptor;
  if (metric.dataPointType === DataPointType.HISTOGRAM) {
    return metric.dataPoints.flatMap((point) => histogramSeries(name, point.attributes as Labels, point));
  }
  if (metric.dataPointType === DataPointType.EXPONENTIAL_HISTOGRAM) throw new Error(`${name} has no buckets`);
  return metric.dataPoints.map(({ attributes, value }) => ({ name, labels: attributes as Labels, value }));
}

/** An OpenTelemetry SDK for metrics, and what it would export. */
export interface Metering {
  readonly provider: MeterProvider;
  /** All metrics as the SDK has them now. */
  collect(): Promise<MetricData[]>;
  /** All series of one metric, as a translation to Prometheus has them. */
  readSeries(key: MetricKey): Promise<Series[]>;
  /** The value of the one series whose labels include these; `undefined` without one. */
  readValue(key: MetricKey, labels?: Labels, suffix?: string): Promise<number | undefined>;
  /** The sum over all series of a counter. */
  readTotal(key: MetricKey): Promise<number>;
}

/** Starts a real SDK. The caller shuts its provider down. */
export function createMetering(views: ViewOptions[] = []): Metering {
  const reader = new ManualReader();
  const provider = new MeterProvider({ readers: [reader], views });
  const collect = async () => {
    const { resourceMetrics, errors } = await reader.collect();
    if (errors.length > 0) throw new AggregateError(errors);
    return resourceMetrics.scopeMetrics.flatMap((scope) => scope.metrics);
  };
  const readSeries = async (key: MetricKey): Promise<Series[]> => {
    const { name } = METRICS[key];
    return (await collect()).filter(({ descriptor }) => descriptor.name === name).flatMap(seriesOf);
  };
  return {
    provider,
    collect,
    readSeries,
    async readValue(key, labels = {}, suffix = "") {
      const found = (await readSeries(key)).filter(
        (series) =>
          series.name === METRICS[key].name + suffix &&
          Object.entries(labels).every(([label, value]) => series.labels[label] === value),
      );
      if (found.length > 1) throw new Error(`expected one series of ${key}, found ${found.length}`);
      return found[0]?.value;
    },
    readTotal: async (key) => (await readSeries(key)).reduce((sum, { value }) => sum + value, 0),
  };
}
