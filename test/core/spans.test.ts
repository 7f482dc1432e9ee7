import { DEFAULT_API_HOSTS } from "@intercom-telemetry/core";
import { ATTRIBUTES, type AttributeKey } from "@intercom-telemetry/core/contract";
import {
  createObserver,
  Observer,
  type OutgoingRequest,
  type Recorder,
  resolveTelemetryOptions,
  SpanRecorder,
  type SpanRecorderOptions,
} from "@intercom-telemetry/core/record";
import { context, diag, type Span, SpanStatusCode, trace } from "@opentelemetry/api";
import { isTracingSuppressed, suppressTracing } from "@opentelemetry/core";
import { AlwaysOffSampler, type ReadableSpan, SamplingDecision } from "@opentelemetry/sdk-trace-base";
import { describe, expect, it, vi } from "vitest";
import { listenToDiag } from "../support/listen-to-diag.ts";
import { type ObservedRequest, observeRequest, outgoing } from "../support/observer.ts";
import { attributesOf, expectSpan } from "../support/spans.ts";
import { startTracing } from "../support/tracing.ts";

const REQUEST_ID = "b68959ea6328bc4a8f9a";
const NONE = { suppressHttpSpans: false, expectedStatuses: new Set<number>() };
const WITHOUT_HEADERS = { headers: {} };

function createSpanObserver(options: Partial<SpanRecorderOptions> = {}): Observer {
  const recorders = [new SpanRecorder({ ...NONE, ...options }) as Recorder];
  return new Observer({ client: "billing", hosts: DEFAULT_API_HOSTS, recorders });
}

/** The one span that a request leaves behind. */
function spanOf(request: ObservedRequest, options?: Partial<SpanRecorderOptions>): ReadableSpan {
  const tracing = startTracing();
  const warn = vi.spyOn(diag, "warn");
  observeRequest(createSpanObserver(options), request);
  expect(warn.mock.calls).toEqual([]);
  const [span, ...others] = tracing.spans();
  expect(others).toEqual([]);
  return span as ReadableSpan;
}

const FAILED = { errorCode: "not_found", errorCategory: "not_found", retryable: false };

describe("the span of a request", () => {
  it("that succeeded says where it went and what came back, and nothing of an error", () => {
    expectSpan(spanOf({ path: "/contacts/5f0c", ...WITHOUT_HEADERS }), {
      name: "GET /contacts/{id}",
      attributes: {
        method: "GET",
        serverAddress: "api.intercom.io",
        serverPort: 443,
        url: "https://api.intercom.io/contacts/5f0c",
        urlTemplate: "/contacts/{id}",
        client: "billing",
        status: 200,
      },
      failed: false,
    });
  });

  it("to no known operation is named by its method alone, and has no template", () => {
    expectSpan(spanOf({ path: "/nowhere", ...WITHOUT_HEADERS }), {
      name: "GET",
      attributes: { url: "https://api.intercom.io/REDACTED", status: 200 },
      failed: false,
    });
  });

  it("with a method that HTTP does not have is named HTTP", () => {
    const span = spanOf({ method: "PURGE", ...WITHOUT_HEADERS });
    expectSpan(span, { name: "HTTP", attributes: { method: "_OTHER", status: 200 }, failed: false });
  });

  it.each([
    ["x-request-id", REQUEST_ID, { requestId: REQUEST_ID }],
    ["x-ratelimit-limit", "167", { rateLimit: 167 }],
    ["x-ratelimit-remaining", "0", { rateLimitRemaining: 0 }],
    ["x-ratelimit-reset", "1795552930", { rateLimitReset: 1_795_552_930 }],
  ])("has of the headers what came: %s alone", (name, value, attributes) => {
    const span = spanOf({ headers: { [name]: value } });
    expectSpan(span, {
      name: "GET /me",
      attributes: { urlTemplate: "/me", status: 200, ...attributes },
      failed: false,
    });
  });

  it("that was refused has the status as its kind of error, and fails", () => {
    expectSpan(spanOf({ status: 404, ...WITHOUT_HEADERS }), {
      name: "GET /me",
      attributes: { urlTemplate: "/me", status: 404, errorType: "404", ...FAILED },
      failed: true,
    });
  });

  it("that got no response has the transport's code as its kind of error, and no status", () => {
    expectSpan(spanOf({ failure: "ECONNREFUSED" }), {
      name: "GET /me",
      attributes: {
        urlTemplate: "/me",
        errorType: "connection_refused",
        errorCode: "connection_refused",
        errorCategory: "transport",
        retryable: true,
      },
      failed: true,
    });
  });

  it("that the caller has ended is not a failure and has no kind of error", () => {
    const attributes = { errorCode: "canceled", errorCategory: "canceled", retryable: false };
    expectSpan(spanOf({ failure: "canceled" }), {
      name: "GET /me",
      attributes: { urlTemplate: "/me", ...attributes },
      failed: false,
    });
  });

  describe("with a status that the user expects", () => {
    const expectedStatuses = new Set([404]);
    const summarize = (request: ObservedRequest) => {
      const span = spanOf(request, { expectedStatuses });
      const failed = span.status.code === SpanStatusCode.ERROR;
      return { failed, errorType: attributesOf(span).errorType };
    };

    it("says what came and does not fail", () => {
      expectSpan(spanOf({ status: 404, ...WITHOUT_HEADERS }, { expectedStatuses }), {
        name: "GET /me",
        attributes: { urlTemplate: "/me", status: 404, ...FAILED },
        failed: false,
      });
    });

    it.each([
      [{ status: 409, ...WITHOUT_HEADERS }, "409"],
      [{ failure: "ETIMEDOUT" }, "timeout"],
    ])("fails with %j", (request, errorType) => {
      expect(summarize(request)).toEqual({ failed: true, errorType });
    });
  });
});

describe("the span of an attempt", () => {
  function start(request: Partial<OutgoingRequest>) {
    const tracing = startTracing();
    createSpanObserver().start(outgoing(request))?.finish({ status: 200 });
    return attributesOf(tracing.spans()[0]);
  }

  it("of the first attempt carries nothing of retries, waits or versions", () => {
    const { retryCount, retryDelay, retryReason, apiVersion } = start({});
    expect([retryCount, retryDelay, retryReason, apiVersion]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it("of the third attempt has the retry count, how long it waited and why", () => {
    const delay = { seconds: 0.5, reason: "window_reset" };
    expect(
      start({ retryCount: 2, delay, header: (name) => (name === "intercom-version" ? "2.11" : undefined) }),
    ).toMatchObject({
      retryCount: 2,
      retryDelay: 0.5,
      retryReason: "window_reset",
      apiVersion: "2.11",
    });
  });
});

describe("a span", () => {
  const ME = outgoing();

  it("without an SDK is not made, and nothing fails", () => {
    const lines = listenToDiag();
    expect(observeRequest(createSpanObserver())?.status).toBe(200);
    expect(lines).toEqual([]);
  });

  it("is made as the options of the transport say", () => {
    const tracing = startTracing();
    const options = { spans: true, meter: false, httpSpans: "suppress", expectedStatuses: [404] };
    const observation = createObserver(resolveTelemetryOptions(options)).start(ME);
    expect(observation?.run(() => isTracingSuppressed(context.active()), undefined)).toBe(true);
    observation?.finish({ status: 404 });
    expect(tracing.spans().map(({ status }) => status.code)).toEqual([SpanStatusCode.UNSET]);
  });

  it("is not made while tracing is suppressed where the caller stands", () => {
    const tracing = startTracing();
    const observation = context.with(suppressTracing(context.active()), () => createSpanObserver().start(ME));
    expect(observation?.propagationContext).toBeUndefined();
    observation?.finish({ status: 200 });
    expect(tracing.spans()).toEqual([]);
    observeRequest(createSpanObserver());
    expect(tracing.spans()).toHaveLength(1);
  });

  it("is the active one while the request is under way, and a child of the caller's", () => {
    const tracing = startTracing();
    const observation = createSpanObserver().start(ME);
    const active = observation?.run(() => trace.getActiveSpan(), undefined);
    observation?.finish({ status: 200 });
    expect(active?.spanContext().spanId).toBe(tracing.spans()[0]?.spanContext().spanId);
  });

  it.each([true, false])(
    "keeps the spans of the HTTP client below it away: %s, and what is propagated is never suppressed",
    (suppressHttpSpans) => {
      startTracing();
      const observation = createSpanObserver({ suppressHttpSpans }).start(ME);
      const suppressed = observation?.run(() => isTracingSuppressed(context.active()), undefined);
      expect(suppressed).toBe(suppressHttpSpans);
      const propagated = observation?.propagationContext;
      expect(propagated && isTracingSuppressed(propagated)).toBe(false);
      expect(propagated && trace.getSpan(propagated)).toBeDefined();
    },
  );

  it("that is not sampled is still ended, with nothing written into it", () => {
    const tracing = startTracing({ sampler: new AlwaysOffSampler() });
    const calls: string[] = [];
    const observer = createSpanObserver();
    const observation = observer.start(ME);
    const span = observation?.run(() => trace.getActiveSpan(), undefined) as Span;
    span.end = () => void calls.push("end");
    span.setAttributes = (attributes) => {
      calls.push(...Object.keys(attributes));
      return span;
    };
    observation?.finish({ status: 404 });
    expect(calls).toEqual(["end"]);
    expect(tracing.spans()).toEqual([]);
  });

  it.each([
    [{ status: 200 }, ["status"]],
    [{ failureCode: "ECONNRESET" }, ["errorCode", "errorCategory", "retryable", "errorType"]],
    [
      { status: 200, headers: (name: string) => (name === "x-request-id" ? REQUEST_ID : undefined) },
      ["status", "requestId"],
    ],
    [
      { status: 200, headers: (name: string) => (name === "x-ratelimit-limit" ? "10" : undefined) },
      ["status", "rateLimit"],
    ],
    [
      { status: 200, headers: (name: string) => (name === "x-ratelimit-remaining" ? "10" : undefined) },
      ["status", "rateLimitRemaining"],
    ],
  ])("of %j is asked to take what is there, and nothing else", (ending, keys) => {
    startTracing();
    const observation = createSpanObserver().start(ME);
    const span = observation?.run(() => trace.getActiveSpan(), undefined) as Span;
    const setAttributes = vi.spyOn(span, "setAttributes");
    observation?.finish(ending);
    const names = setAttributes.mock.calls.flatMap(([attributes]) => Object.keys(attributes));
    expect(names).toEqual(keys.map((key) => ATTRIBUTES[key as AttributeKey].name));
  });

  it("begins without a version of the API when the request has none", () => {
    const seen: object[] = [];
    const sampler = {
      shouldSample: (...args: unknown[]) => {
        seen.push(args[4] as object);
        return { decision: SamplingDecision.NOT_RECORD };
      },
      toString: () => "watching",
    };
    startTracing({ sampler });
    createSpanObserver().start(ME);
    createSpanObserver().start({
      ...ME,
      header: (name) => (name === "intercom-version" ? "2.11" : undefined),
    });
    expect(seen.map((attributes) => ATTRIBUTES.apiVersion.name in attributes)).toEqual([false, true]);
  });

  it("is ended although writing into it throws", () => {
    const tracing = startTracing();
    const observation = createSpanObserver().start(ME);
    const span = observation?.run(() => trace.getActiveSpan(), undefined) as Span;
    span.setAttributes = () => {
      throw new Error("on purpose");
    };
    expect(observation?.finish({ status: 200 })?.status).toBe(200);
    expect(tracing.spans()).toHaveLength(1);
  });

  it("of a request that never left is never exported", () => {
    const tracing = startTracing();
    createSpanObserver().start(ME)?.abandon();
    expect(tracing.spans()).toEqual([]);
  });
});
