import { SpanStatusCode } from "@opentelemetry/api";
import { HttpInstrumentation } from "@opentelemetry/instrumentation-http";
import type { DataPoint, Histogram as HistogramValue } from "@opentelemetry/sdk-metrics";
import type { ReadableSpan } from "@opentelemetry/sdk-trace-base";
import type { Book, RecordedRequest } from "../book.ts";
import type { Telemetry } from "../telemetry.ts";
import { type Candidate, callAsUsual } from "./candidate.ts";
import { repeat, toNumber } from "./samples.ts";
import { spanSeconds, spanText, withParentNames } from "./spans.ts";

const KEEPER = "instrumentation-http";
const SCOPE = "@opentelemetry/instrumentation-http";

type Attributes = Readonly<Record<string, unknown>>;

const isTo = (origin: URL, attributes: Attributes): boolean =>
  attributes["server.address"] === origin.hostname && attributes["server.port"] === Number(origin.port);

function fromAttributes(attributes: Attributes, failed: boolean): RecordedRequest {
  return {
    method: String(attributes["http.request.method"]),
    status: toNumber(attributes["http.response.status_code"]),
    failed,
  };
}

const fromSpan = ({ attributes, status }: ReadableSpan): RecordedRequest =>
  fromAttributes(attributes, status.code === SpanStatusCode.ERROR || attributes["error.type"] !== undefined);

function spanBook(telemetry: Telemetry, origin: URL): Book {
  const all = telemetry.spans();
  const own = all.filter((each) => each.instrumentationScope.name === SCOPE && isTo(origin, each.attributes));
  return {
    name: "spans",
    keeper: KEEPER,
    keeps: telemetry.recordsSpans
      ? ["requests", "method", "status", "failed", "seconds", "notNegative", "privacy", "parent", "silent"]
      : [],
    requests: withParentNames(own, all, fromSpan),
    seconds: spanSeconds(own),
    text: spanText(own),
  };
}

async function metricBook(telemetry: Telemetry, origin: URL): Promise<Book> {
  const exported = await telemetry.metrics();
  const metrics = exported.flatMap(({ scopeMetrics }) => scopeMetrics.flatMap((each) => each.metrics));
  const points = metrics
    .filter(({ descriptor }) => descriptor.name === "http.client.request.duration")
    .flatMap(({ dataPoints }) => dataPoints as DataPoint<HistogramValue>[])
    .filter(({ attributes }) => isTo(origin, attributes));
  const requests = points.flatMap(({ attributes, value }) => {
    // The conventions count a response from 400 as an error by its status alone.
    const failed =
      attributes["error.type"] !== undefined || Number(attributes["http.response.status_code"]) >= 400;
    return repeat(value.count, fromAttributes(attributes, failed));
  });
  return {
    name: "http.client.request.duration",
    keeper: KEEPER,
    keeps: ["requests", "method", "status", "failed", "seconds", "notNegative", "series", "privacy"],
    requests,
    seconds: points.reduce((sum, { value }) => sum + (value.sum ?? 0), 0),
    // As a Prometheus exporter counts: each bucket with +Inf, sum and count.
    series: points.reduce((sum, { value }) => sum + value.buckets.counts.length + 2, 0),
    text: JSON.stringify(points),
  };
}

/** `new HttpInstrumentation()` with its defaults, set up before anything else is loaded. */
export async function createInstrumentationHttp(telemetry: Telemetry): Promise<Candidate> {
  const instrumentation = new HttpInstrumentation();
  instrumentation.setMeterProvider(telemetry.meterProvider);
  let origin = new URL("http://localhost");
  return {
    attach(_api, url) {
      origin = new URL(url);
    },
    call: callAsUsual,
    read: async () => [spanBook(telemetry, origin), await metricBook(telemetry, origin)],
  };
}
