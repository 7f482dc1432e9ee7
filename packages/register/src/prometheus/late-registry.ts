import type { MetricsRegistry } from "@intercom-telemetry/core/record";

interface NamedMetric {
  readonly name: string;
}

/**
 * A registry that is there before prom-client is loaded: a program that is started with `--require` cannot wait for it.
 * Metrics count from the start, and are registered when the real one comes.
 */
export class LateRegistry implements MetricsRegistry {
  readonly #waiting = new Map<string, NamedMetric>();
  #registry: MetricsRegistry | undefined;

  get contentType(): string {
    return this.#registry?.contentType ?? "text/plain; version=0.0.4; charset=utf-8";
  }

  registerMetric(metric: NamedMetric): void {
    if (this.#registry) this.#registry.registerMetric(metric);
    else this.#waiting.set(metric.name, metric);
  }

  getSingleMetric(name: string): unknown {
    return this.#registry ? this.#registry.getSingleMetric(name) : this.#waiting.get(name);
  }

  /** From here on this is the other one. */
  become(registry: MetricsRegistry): void {
    for (const metric of this.#waiting.values()) registry.registerMetric(metric);
    this.#waiting.clear();
    this.#registry = registry;
  }
}
