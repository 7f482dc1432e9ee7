import { createRequire } from "node:module";
import { SpanKind, trace } from "@opentelemetry/api";
import { HttpInstrumentation } from "@opentelemetry/instrumentation-http";
import { beforeAll, describe, expect, it } from "vitest";
import { type MeasuredApiOptions, startMeasuredApi } from "../support/measured-api.ts";
import { TRANSPORTS, type Transport } from "../support/transports.ts";

const scope = "@opentelemetry/instrumentation-http";

const instrumentation = new HttpInstrumentation();

beforeAll(() => {
  // It takes hold when the module is next required.
  createRequire(import.meta.url)("http");
  return () => instrumentation.disable();
});

/** Instrumentations keep the provider they found first; each test has its own. */
async function start(transport: Transport, options: MeasuredApiOptions = {}) {
  const measured = await startMeasuredApi(transport, options);
  instrumentation.setTracerProvider(trace.getTracerProvider());
  const clientSpans = () => measured.tracing.spans().filter(({ kind }) => kind === SpanKind.CLIENT);
  return { ...measured, clientSpans };
}

describe.each(TRANSPORTS.filter(({ adapter }) => adapter === "http"))("$name", (transport) => {
  it("the span of the HTTP instrumentation nests under ours", async () => {
    const { api, clientSpans, mismatches } = await start(transport);
    await api.get("/me");
    const [inner, outer] = clientSpans();
    expect(clientSpans().map(({ instrumentationScope }) => instrumentationScope.name)).toEqual([
      scope,
      "@intercom-telemetry/core",
    ]);
    expect(inner?.parentSpanContext?.spanId).toBe(outer?.spanContext().spanId);
    expect(await mismatches()).toEqual([]);
  });

  it('with httpSpans "suppress" ours is the only one', async () => {
    const { api, clientSpans } = await start(transport, { options: { httpSpans: "suppress" } });
    await api.get("/me");
    expect(clientSpans().map(({ instrumentationScope }) => instrumentationScope.name)).toEqual([
      "@intercom-telemetry/core",
    ]);
  });

  it('with httpSpans "suppress" the caller\'s own spans are not suppressed afterwards', async () => {
    const { api, clientSpans } = await start(transport, { options: { httpSpans: "suppress" } });
    await api.get("/me");
    await api.get("/me");
    expect(clientSpans().length).toBe(2);
  });
});
