import { convertMetrics } from "./convert.ts";
import { CONTENT_TYPES, chooseFormat, type ExpositionFormat, formatOf } from "./negotiate.ts";
import { createPatientCall } from "./patient-call.ts";
import type { MetricsRegistry } from "./registry.ts";

/** Rendered metrics. Scrapes that overlap get the same object. */
export interface Exposition {
  readonly contentType: string;
  readonly body: Buffer;
}

/** The registry did not finish in time: one of its `collect` functions hangs or is slow. */
export class ScrapeTimeoutError extends Error {
  override readonly name = "ScrapeTimeoutError";

  constructor(timeoutSeconds: number) {
    super(`the registry gave no metrics within ${timeoutSeconds} s: look for a collect() that hangs`);
  }
}

async function render(registry: MetricsRegistry, format: ExpositionFormat): Promise<Exposition> {
  const own = formatOf(registry.contentType);
  if (format === own || !registry.getMetricsAsJSON) {
    // The type is read again after rendering: it belongs to the string that came.
    const body = Buffer.from(await registry.metrics());
    return { contentType: registry.contentType, body };
  }
  const text = convertMetrics(await registry.getMetricsAsJSON(), own, format);
  return { contentType: CONTENT_TYPES[format], body: Buffer.from(text) };
}

/**
 * Makes the function that renders a registry for one `Accept` header. Scrapes that overlap share one rendering, so
 * that a slow registry is asked once at a time however many ask. It rejects with the registry's own error, or with a
 * `ScrapeTimeoutError`.
 */
export function createScraper(
  registry: MetricsRegistry,
  timeoutSeconds: number,
): (accept: string | undefined) => Promise<Exposition> {
  const callFor = (format: ExpositionFormat) =>
    createPatientCall(
      () => render(registry, format),
      timeoutSeconds,
      () => new ScrapeTimeoutError(timeoutSeconds),
    );
  const calls = { text: callFor("text"), openmetrics: callFor("openmetrics") };
  return async (accept) => calls[chooseFormat(formatOf(registry.contentType), accept)]();
}
