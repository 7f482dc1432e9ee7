import { propagation, ROOT_CONTEXT, type TextMapSetter } from "@opentelemetry/api";
import { expect, it, onTestFinished } from "vitest";
import { traceHeaders } from "../../packages/core/src/record/trace-headers.ts";

/** The headers that go out when a propagator writes these. */
function headersFor(written: Readonly<Record<string, unknown>>) {
  propagation.setGlobalPropagator({
    inject(_context, carrier: unknown, setter: TextMapSetter) {
      for (const [name, value] of Object.entries(written)) setter.set(carrier, name, value as string);
    },
    extract: (context) => context,
    fields: () => Object.keys(written),
  });
  onTestFinished(() => propagation.disable());
  return traceHeaders(ROOT_CONTEXT);
}

it("the trace context goes out, and nothing else that a propagator writes", () => {
  expect(headersFor({ traceparent: "00-1-2-01", tracestate: "a=b c", baggage: "user=1", b3: "1" })).toEqual({
    traceparent: "00-1-2-01",
    tracestate: "a=b c",
  });
});

it("without a propagator nothing goes out", () => {
  expect(traceHeaders(ROOT_CONTEXT)).toEqual({});
});

it.each([1, undefined, "", "a\nb", "a\u007f", "é", "\ta", "x".repeat(1025), "ok\n"])(
  "what a header cannot hold does not go out: %j",
  (value) => {
    expect(headersFor({ traceparent: value, tracestate: "a=b" })).toEqual({ tracestate: "a=b" });
  },
);

it("a value of up to 1024 characters goes out", () => {
  expect(headersFor({ tracestate: "x".repeat(1024) })).toEqual({ tracestate: "x".repeat(1024) });
});
