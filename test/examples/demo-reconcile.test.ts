import type { LedgerEntry } from "@intercom-telemetry/simulator";
import { expect, test } from "vitest";
import { parseMetricsText } from "../../examples/demo/src/metrics-text.ts";
import { Reconciliation } from "../../examples/demo/src/reconcile/reconciliation.ts";
import type { SpanRecord } from "../../examples/demo/src/services/span-record.ts";
import type { GaveUp } from "../../examples/demo/src/services/witness.ts";

const spanIdOf = (sequence: number): string => String(sequence).padStart(16, "0");

function entry(sequence: number, more: Partial<LedgerEntry> = {}): LedgerEntry {
  return {
    sequence,
    method: "GET",
    path: "/tags",
    urlTemplate: "/tags",
    status: 200,
    bytesSent: 2,
    startedEpochSeconds: 1_700_000_000,
    durationSeconds: 0.1,
    traceparent: `00-0123456789abcdef0123456789abcdef-${spanIdOf(sequence)}-01`,
    ...more,
  };
}

function span(sequence: number, attributes: Record<string, unknown> = {}): SpanRecord {
  const usual = {
    "http.request.method": "GET",
    "url.template": "/tags",
    "http.response.status_code": 200,
  };
  return { spanId: spanIdOf(sequence), attributes: { ...usual, ...attributes } };
}

const failed = (code: string, retryable: boolean, status: number | undefined = undefined) => ({
  "http.response.status_code": status,
  "intercom.error.code": code,
  "intercom.error.retryable": retryable,
});

const counter = (labels: string, value: number): string =>
  `intercom_client_requests_total{client="a",method="GET",url_template="/tags",${labels}} ${value}`;
const OK = 'status_code="200",error_code="",retryable=""';

interface Evidence {
  readonly ledger?: readonly LedgerEntry[];
  readonly spans?: readonly SpanRecord[];
  readonly gaveUp?: readonly GaveUp[];
  readonly metrics: readonly string[];
}

/** The differences; they have to be the same whichever of ledger and spans comes first. */
function reconcile({ ledger = [], spans = [], gaveUp = [], metrics }: Evidence): readonly string[] {
  const samples = parseMetricsText(["# TYPE intercom_client_requests_total counter", ...metrics].join("\n"));
  const [ledgerFirst, spansFirst] = [new Reconciliation(), new Reconciliation()];
  for (const each of ledger) ledgerFirst.addEntry(each);
  for (const each of spans) ledgerFirst.addSpan(each);
  for (const each of spans) spansFirst.addSpan(each);
  for (const each of ledger) spansFirst.addEntry(each);
  const found = ledgerFirst.finish(samples, gaveUp);
  expect(spansFirst.finish(samples, gaveUp)).toHaveLength(found.length);
  expect(ledgerFirst.seen).toMatchObject({ entries: ledger.length, spans: spans.length });
  return found;
}

test("three parties that agree have no differences", () => {
  const ledger = [
    entry(1),
    entry(2, { status: 404, errorCode: "not_found", retryable: false }),
    entry(3, { broken: "truncated", errorCode: "response_incomplete", retryable: true }),
    entry(4, { status: 400, errorCode: "brand_new_code", retryable: false }),
  ];
  const spans = [
    span(1),
    span(2, failed("not_found", false, 404)),
    span(3, failed("response_incomplete", true)),
    span(4, failed("brand_new_code", false, 400)),
  ];
  const metrics = [
    counter(OK, 1),
    counter('status_code="404",error_code="not_found",retryable="false"', 1),
    counter('status_code="",error_code="response_incomplete",retryable="true"', 1),
    counter('status_code="400",error_code="other",retryable="false"', 1),
    counter('status_code="500",error_code="server_error",retryable="true"', 0),
  ];
  expect(reconcile({ ledger, spans, metrics })).toEqual([]);
});

test.each([
  ["method", { "http.request.method": "POST" }],
  ["template", { "url.template": "/admins" }],
  ["missing template", { "url.template": undefined }],
  ["status", { "http.response.status_code": 202 }],
  ["error code", { "intercom.error.code": "not_found" }],
  ["retryability", { "intercom.error.retryable": true }],
])("a span that is wrong about its %s is a difference", (_, wrong) => {
  const found = reconcile({ ledger: [entry(1)], spans: [span(1, wrong)], metrics: [counter(OK, 1)] });
  expect(found).toHaveLength(1);
});

test("two spans with each other's facts do not cancel out", () => {
  const ledger = [entry(1), entry(2, { status: 404, errorCode: "not_found", retryable: false })];
  const spans = [span(1, failed("not_found", false, 404)), span(2)];
  const metrics = [counter(OK, 1), counter('status_code="404",error_code="not_found",retryable="false"', 1)];
  expect(reconcile({ ledger, spans, metrics })).toHaveLength(2);
});

test.each([
  ["a request without a span", [entry(1), entry(2)], [span(1)], 2],
  ["a span without a request", [entry(1)], [span(1), span(2)], 1],
  ["a span that came twice", [entry(1)], [span(1), span(1)], 1],
  ["a request that carries no trace context", [entry(1, { traceparent: "" })], [span(1)], 1],
  ["two requests under one span", [entry(1), { ...entry(1), sequence: 2 }], [span(1)], 2],
])("%s is a difference", (_, ledger, spans, counted) => {
  expect(reconcile({ ledger, spans, metrics: [counter(OK, counted)] })).not.toEqual([]);
});

test("a counter that missed one, counted one twice or under another code is a difference", () => {
  const ledger = [entry(1), entry(2)];
  const spans = [span(1), span(2)];
  for (const metrics of [
    [counter(OK, 1)],
    [counter(OK, 3)],
    [counter(OK, 1), counter('status_code="200",error_code="other",retryable="false"', 1)],
  ]) {
    expect(reconcile({ ledger, spans, metrics })).not.toEqual([]);
  }
});

const TIMED_OUT = counter('status_code="",error_code="timeout",retryable="true"', 1);

test("a request that axios gave up is a timeout, whatever the server did meanwhile", () => {
  const gaveUp = [{ spanId: spanIdOf(1), how: "timeout" as const }];
  const spans = [span(1, failed("timeout", true))];
  for (const more of [
    {},
    { broken: "client_gone" as const },
    { status: 503, errorCode: "service_unavailable" },
  ]) {
    expect(reconcile({ ledger: [entry(1, more)], spans, gaveUp, metrics: [TIMED_OUT] })).toEqual([]);
  }
});

test("a timeout that axios did not report is a difference", () => {
  const spans = [span(1, failed("timeout", true))];
  for (const more of [{}, { broken: "client_gone" as const }]) {
    const found = reconcile({ ledger: [entry(1, more)], spans, metrics: [TIMED_OUT] });
    expect(found).not.toEqual([]);
  }
});

test("a success that axios had given up is a difference", () => {
  const gaveUp = [{ spanId: spanIdOf(1), how: "canceled" as const }];
  const found = reconcile({ ledger: [entry(1)], spans: [span(1)], gaveUp, metrics: [counter(OK, 1)] });
  expect(found).not.toEqual([]);
});

test("a request that was given up before it arrived needs the right code, and to be counted", () => {
  const gaveUp = [{ spanId: spanIdOf(1), how: "timeout" as const }];
  const right = [span(1, failed("timeout", true))];
  expect(reconcile({ spans: right, gaveUp, metrics: [TIMED_OUT] })).toEqual([]);
  expect(reconcile({ spans: right, gaveUp, metrics: [] })).toHaveLength(1);
  const wrong = [span(1, failed("connection_reset", true))];
  expect(reconcile({ spans: wrong, gaveUp, metrics: [TIMED_OUT] })).toHaveLength(1);
});

test("requests that never arrived are told apart from those that did", () => {
  const books = new Reconciliation();
  books.addSpan(span(1, failed("timeout", true)));
  books.addSpan(span(2, failed("timeout", true)));
  books.addEntry(entry(2, { broken: "hang", errorCode: "timeout", retryable: true }));
  const gaveUp = [1, 2].map((sequence) => ({ spanId: spanIdOf(sequence), how: "timeout" as const }));
  const samples = parseMetricsText(TIMED_OUT.replace(/1$/, "2"));
  expect(books.finish(samples, gaveUp)).toEqual([]);
  expect(books.seen).toEqual({ entries: 1, spans: 2, neverArrived: 1 });
});

test("a metrics line that cannot be read is an error, not a zero", () => {
  expect(() => parseMetricsText("intercom_client_requests_total{")).toThrow(/expected name\{labels\} value/);
});

test("a request that could not be made is in no ledger, and is left out", () => {
  const spans = [span(1, failed("invalid_request", false))];
  const metrics = [counter('status_code="",error_code="invalid_request",retryable="false"', 1)];
  expect(reconcile({ spans, metrics })).toEqual([]);
});

test.each([
  ["support-bot", 0],
  ["help-desk", 3],
])(
  "a failed response whose body broke has its status for a client that stops at the headers: %s",
  (client, differences) => {
    const ledger = [
      entry(1, {
        status: 429,
        broken: "corrupted",
        errorCode: "response_undecodable",
        retryable: true,
      } as never),
    ];
    const attributes = { "intercom.client.name": client, ...failed("rate_limit_exceeded", true, 429) };
    const metrics = [counter('status_code="429",error_code="rate_limit_exceeded",retryable="true"', 1)];
    expect(reconcile({ ledger, spans: [span(1, attributes)], metrics })).toHaveLength(differences);
  },
);
