import { convertMetrics } from "./convert.ts";
import { CONTENT_TYPES, chooseFormat, type ExpositionFormat, formatOf } from "./negotiate.ts";
import type { OwnMetrics } from "./own-metrics.ts";
import type { MetricsRegistry } from "./registry.ts";
import { createSingleFlight } from "./single-flight.ts";

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

interface RenderedText {
  readonly contentType: string;
  readonly text: string;
}

async function renderRegistry(registry: MetricsRegistry, format: ExpositionFormat): Promise<RenderedText> {
  const own = formatOf(registry.contentType);
  if (format === own || !registry.getMetricsAsJSON) {
    const text = await registry.metrics();
    // The type is read after rendering: it belongs to the string that came.
    return { contentType: registry.contentType, text };
  }
  const text = convertMetrics(await registry.getMetricsAsJSON(), own, format);
  return { contentType: CONTENT_TYPES[format], text };
}

async function render(
  registry: MetricsRegistry,
  format: ExpositionFormat,
  ownMetrics: OwnMetrics | undefined,
): Promise<Exposition> {
  const { contentType, text } = await renderRegistry(registry, format);
  const whole = ownMetrics ? ownMetrics.addTo(text, formatOf(contentType)) : text;
  return { contentType, body: Buffer.from(whole) };
}

/**
 * Makes the function that renders a registry for one `Accept` header. Scrapes that overlap share one rendering, so
 * that a slow registry is asked once at a time however many ask. It rejects with the registry's own error, or with a
 * `ScrapeTimeoutError`.
 */
export function createScraper(
  registry: MetricsRegistry,
  timeoutSeconds: number,
  ownMetrics?: OwnMetrics,
): (accept: string | undefined) => Promise<Exposition> {
  const callFor = (format: ExpositionFormat) =>
    createSingleFlight(
      () => render(registry, format, ownMetrics),
      timeoutSeconds,
      () => new ScrapeTimeoutError(timeoutSeconds),
    );
  const calls = { text: callFor("text"), openmetrics: callFor("openmetrics") };
  return async (accept) => calls[chooseFormat(formatOf(registry.contentType), accept)]();
}
