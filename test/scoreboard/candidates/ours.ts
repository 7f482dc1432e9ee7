import { instrumentIntercom } from "@intercom-telemetry/axios";
import { SpanStatusCode } from "@opentelemetry/api";
import type { ReadableSpan } from "@opentelemetry/sdk-trace-base";
import { Registry } from "prom-client";
import type { Book, RecordedRequest } from "../book.ts";
import type { Telemetry } from "../telemetry.ts";
import { type Candidate, callAsUsual } from "./candidate.ts";
import { countSeries, readSamples, repeat, type Sample, toNumber } from "./samples.ts";
import { spanSeconds, spanText, withParentNames } from "./spans.ts";

const KEEPER = "ours";
const SCOPE = "@intercom-telemetry/core";
const PREFIX = "intercom_client_";

const text = (value: unknown): string | undefined =>
  value === undefined || value === "" ? undefined : String(value);
const bool = (value: unknown): boolean | undefined =>
  value === undefined || value === "" ? undefined : String(value) === "true";

function fromSpan({ attributes, status }: ReadableSpan): RecordedRequest {
  return {
    method: text(attributes["http.request.method"]),
    status: toNumber(attributes["http.response.status_code"]),
    failed: status.code === SpanStatusCode.ERROR,
    template: text(attributes["url.template"]) ?? "unmatched",
    code: text(attributes["intercom.error.code"]),
    retryable: bool(attributes["intercom.error.retryable"]),
    requestId: text(attributes["intercom.request.id"]),
  };
}

function fromCounter({ labels, value }: Sample): RecordedRequest[] {
  const code = text(labels.error_code);
  return repeat(value, {
    method: text(labels.method),
    status: toNumber(labels.status_code),
    failed: code !== undefined && code !== "canceled",
    template: text(labels.url_template),
    code,
    retryable: bool(labels.retryable),
  });
}

function spanBook(spans: readonly ReadableSpan[], registered: boolean): Book {
  const own = spans.filter((span) => span.instrumentationScope.name === SCOPE);
  return {
    name: "spans",
    keeper: KEEPER,
    keeps: registered
      ? [
          "requests",
          "method",
          "status",
          "failed",
          "seconds",
          "notNegative",
          "template",
          "code",
          "requestId",
          "privacy",
          "parent",
          "silent",
        ]
      : [],
    requests: withParentNames(own, spans, fromSpan),
    seconds: spanSeconds(own),
    text: spanText(own),
  };
}

async function metricBooks(registry: Registry): Promise<Book[]> {
  const samples = await readSamples(registry);
  const named = (name: string): Sample[] => samples.filter((each) => each.name === PREFIX + name);
  const only = (name: string): number | undefined => named(name)[0]?.value;
  const sum = (name: string): number => named(name).reduce((total, { value }) => total + value, 0);
  const scraped = await registry.metrics();
  const shared = { keeper: KEEPER, text: scraped };
  const durations = named("request_duration_seconds_count").flatMap(({ labels, value }) =>
    repeat(value, { method: text(labels.method), template: text(labels.url_template), failed: false }),
  );
  return [
    {
      ...shared,
      name: "request counter",
      keeps: ["requests", "method", "status", "failed", "template", "code", "privacy"],
      requests: named("requests_total").flatMap(fromCounter),
    },
    {
      ...shared,
      name: "duration histogram",
      keeps: ["requests", "method", "template", "seconds", "notNegative"],
      requests: durations,
      seconds: sum("request_duration_seconds_sum"),
    },
    {
      ...shared,
      name: "gauges",
      keeps: ["quota", "quotaUnknown", "retries", "inFlight", "series"],
      requests: [],
      quota: {
        limit: only("rate_limit_limit"),
        remaining: only("rate_limit_remaining"),
        resetEpochSeconds: only("rate_limit_reset_timestamp_seconds"),
      },
      quotaUnknown: sum("rate_limit_unknown_total"),
      retries: sum("retries_total"),
      inFlight: only("in_flight_requests"),
      series: countSeries(scraped),
    },
  ];
}

/** `instrumentIntercom(instance)`, with spans and metrics. */
export async function createOurs(telemetry: Telemetry): Promise<Candidate> {
  const registry = new Registry();
  return {
    attach: (api, url) => void instrumentIntercom(api, { hosts: [url], registry }),
    call: callAsUsual,
    read: async () => [spanBook(telemetry.spans(), telemetry.recordsSpans), ...(await metricBooks(registry))],
  };
}
