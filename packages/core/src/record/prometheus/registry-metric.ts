import type { Aggregator, MetricDefinition } from "../../contract/index.ts";
import type { Labels } from "../series/client-metrics.ts";
import type { Exemplar } from "./exemplar.ts";

/** One sample, in the shape that prom-client's registries read and hand out as JSON. */
export interface Sample {
  readonly labels: Readonly<Record<string, string | number>>;
  readonly value: number;
  /** Where it differs from the name of the metric: `_bucket`, `_sum`, `_count`. */
  readonly metricName?: string | undefined;
  readonly exemplar?: Exemplar | undefined;
}

/**
 * One sample for a text page. From version 15 on, the registry keeps the text of `sharedLabels` over scrapes, by the
 * identity of the object.
 */
export interface PageSample extends Sample {
  readonly sharedLabels: Labels;
}

/** What a metric returns when a registry reads it. */
export interface MetricReading<Of extends Sample> {
  readonly name: string;
  readonly help: string;
  readonly type: MetricDefinition["type"];
  readonly aggregator: Aggregator;
  readonly values: Of[];
}

/** Of samples whose labels are all shared. */
export const NO_LABELS: Readonly<Record<string, never>> = Object.freeze({});

/** Label by label into one object, for a registry that reads no shared labels. */
function toSample({ value, metricName, labels, sharedLabels, exemplar }: PageSample): Sample {
  return { value, metricName, labels: { ...labels, ...sharedLabels }, exemplar };
}

/**
 * A metric that a prom-client registry takes as its own: 14 reads `get`, 15 and later read `getForPromString`
 * for text and `get` for JSON. Nothing of prom-client is imported, so any copy and any version of it will do.
 */
export abstract class RegistryMetric {
  readonly definition: MetricDefinition;
  /** Not read-only: an OpenMetrics registry drops `_total` from a counter's name. */
  name: string;
  readonly help: string;
  readonly type: MetricDefinition["type"];
  readonly aggregator: Aggregator;
  readonly labelNames: readonly string[];
  /** Runs before each reading. */
  collect?: (() => void) | undefined;

  constructor(definition: MetricDefinition) {
    const { name, help, type, aggregator = "sum", labels } = definition;
    this.definition = definition;
    this.name = name;
    this.help = help;
    this.type = type;
    this.aggregator = aggregator;
    this.labelNames = labels;
  }

  /** All samples, in objects of the caller's own. */
  async get(): Promise<MetricReading<Sample>> {
    this.collect?.();
    return this.#read(this.pageSamples().map(toSample));
  }

  /** All samples for a text page. */
  async getForPromString(): Promise<MetricReading<PageSample>> {
    this.collect?.();
    return this.#read(this.pageSamples());
  }

  /** Counts from zero; no series disappears. */
  abstract reset(): void;

  protected abstract pageSamples(): PageSample[];

  #read<Of extends Sample>(values: Of[]): MetricReading<Of> {
    const { name, help, type, aggregator } = this;
    return { name, help, type, aggregator, values };
  }
}
