import { Readable } from "node:stream";
import { RetryPolicy, resolveRetryOptions } from "@intercom-telemetry/core";
import { describe, expect, it } from "vitest";
import { callOn, outcomeOf, type ShortEnding } from "./outcomes.ts";
import { createVirtualClock, virtualEnvironment } from "./virtual-environment.ts";

function decide(method: string, path: string, ending: ShortEnding, body?: unknown) {
  const clock = createVirtualClock(1_800_000_000);
  const policy = new RetryPolicy(resolveRetryOptions({}), virtualEnvironment(clock, 1));
  const call = callOn(method, path, {
    startedMilliseconds: policy.nowMilliseconds(),
    readBody: () => body,
  });
  const outcome = outcomeOf(ending, call.operation);
  policy.recordEnd(outcome);
  return policy.decide(outcome, call);
}

const refused = (reason: string) => ({ retry: false, reason });

describe("a write is retried only when status and code both say that nothing was carried out", () => {
  it.each([
    [400, "gateway_timeout"],
    [499, "gateway_timeout"],
    [400, "server_error"],
    [429, "service_unavailable"],
    [499, "rate_limit_exceeded"],
    [503, "rate_limit_exceeded"],
    [408, "request_timeout"],
  ])("not after %i %s", (status, code) => {
    expect(decide("POST", "/messages", { status, code })).toEqual(refused("outcome_unknown"));
  });

  it.each([
    [429, "rate_limit_exceeded"],
    [429, "too_many_requests"],
  ])("after %i %s", (status, code) => {
    expect(decide("POST", "/messages", { status, code })).toMatchObject({ retry: true });
  });

  it("after a refused connection, and not after a broken one", () => {
    expect(decide("POST", "/messages", { code: "ECONNREFUSED" })).toMatchObject({ retry: true });
    expect(decide("POST", "/messages", { code: "ECONNRESET" })).toEqual(refused("outcome_unknown"));
  });

  it("after a 429 of a proxy, and not after its 408", () => {
    const page = (status: number) => ({ status, body: "<html>", headers: { "content-type": "text/html" } });
    expect(decide("POST", "/messages", page(429))).toMatchObject({ retry: true, reason: "overload" });
    expect(decide("POST", "/messages", page(408))).toEqual(refused("outcome_unknown"));
  });
});

describe("a body that can be sent once", () => {
  const unavailable: ShortEnding = { status: 429, code: "too_many_requests" };
  const form = (value: unknown) => ({
    [Symbol.toStringTag]: "FormData",
    *[Symbol.iterator]() {
      yield ["file", value];
    },
  });

  it.each<[string, () => unknown]>([
    ["a stream of Node's", () => Readable.from([Buffer.alloc(1)])],
    ["a web stream", () => new ReadableStream()],
    ["what the form-data package builds", () => ({ pipe() {}, getHeaders() {} })],
    ["an iterator", () => [1, 2][Symbol.iterator]()],
    [
      "a generator",
      function* () {
        yield "a";
      },
    ],
    ["an async iterable", () => ({ async *[Symbol.asyncIterator]() {} })],
    ["a form that holds a stream", () => form({ name: "a.txt", stream: () => new ReadableStream() })],
  ])("as %s, is not sent again", (_what, makeBody) => {
    expect(decide("POST", "/contacts", unavailable, makeBody())).toEqual(refused("body_used"));
  });

  it.each<[string, () => unknown]>([
    ["nothing", () => undefined],
    ["a string", () => "{}"],
    ["bytes", () => new Uint8Array(1)],
    ["a buffer", () => Buffer.alloc(1)],
    ["an ArrayBuffer", () => new ArrayBuffer(1)],
    ["a blob", () => new Blob(["a"])],
    ["URLSearchParams", () => new URLSearchParams("a=b")],
    ["an object", () => ({ role: "user" })],
    ["an array", () => [1]],
    [
      "a form of strings and blobs",
      () => {
        const data = new FormData();
        data.set("name", "a");
        data.set("file", new Blob(["a"]));
        return data;
      },
    ],
  ])("is not %s", (_what, makeBody) => {
    expect(decide("POST", "/contacts", unavailable, makeBody())).toMatchObject({ retry: true });
  });
});

describe("what follows a failed attempt", () => {
  it("is nothing when the attempt succeeded and something after it failed", () => {
    expect(decide("GET", "/me", { status: 200 })).toEqual(refused("not_retryable"));
  });

  it("is nothing once the call has had its retries, where the transport does not count", () => {
    const clock = createVirtualClock();
    const policy = new RetryPolicy(resolveRetryOptions({ retries: 2 }), virtualEnvironment(clock, 1));
    const call = callOn("GET", "/me", { retryCount: 2, mostRetries: policy.options.retries });
    const outcome = outcomeOf({ status: 503, code: "service_unavailable" }, call.operation, 2);
    expect(policy.decide(outcome, call)).toEqual(refused("retries_used_up"));
    expect(policy.decide(outcome, { ...call, retryCount: 1 })).toMatchObject({ retry: true });
  });

  it("is an event again, but only with the time that the caller gave it", () => {
    const event = (body: object) =>
      decide("POST", "/events", { status: 503, code: "service_unavailable" }, JSON.stringify(body));
    expect(event({ event_name: "a", created_at: 1 })).toMatchObject({ retry: true });
    expect(event({ event_name: "a" })).toEqual(refused("outcome_unknown"));
  });

  it.each(["0", "0.1"])("is a wait of the backoff's first step after Retry-After: %s", (retryAfter) => {
    const ending = { status: 503, code: "service_unavailable", headers: { "retry-after": retryAfter } };
    const decision = decide("GET", "/me", ending);
    expect(decision).toMatchObject({ retry: true, reason: "server_error" });
    expect(decision.retry && decision.delaySeconds).toBeGreaterThanOrEqual(0.25);
  });
});
