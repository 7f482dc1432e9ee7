import { intercomFetch, type Outcome } from "@intercom-telemetry/fetch";
import { context, propagation, trace } from "@opentelemetry/api";
import { W3CTraceContextPropagator } from "@opentelemetry/core";
import { expect, it, vi } from "vitest";
import { startIntercom } from "../support/measured-api.ts";
import { startTracing } from "../support/tracing.ts";

const URL_OF_ME = "https://api.intercom.io/me";

/** A fetch that does as it is told, instrumented. */
function instrument(base: (...args: Parameters<typeof fetch>) => unknown, options: object = {}) {
  const outcomes: Outcome[] = [];
  const fetch = intercomFetch({
    fetch: base as typeof globalThis.fetch,
    recorders: [{ finish: (outcome: Outcome) => outcomes.push(outcome) }],
    ...options,
  });
  return { fetch, outcomes };
}

it("the response and the error are the very ones of the fetch below", async () => {
  const response = new Response("{}");
  expect(await instrument(async () => response).fetch(URL_OF_ME)).toBe(response);
  const error = new Error("down");
  await expect(instrument(() => Promise.reject(error)).fetch(URL_OF_ME)).rejects.toBe(error);
  const { fetch } = instrument(() => {
    throw error;
  });
  expect(() => fetch(URL_OF_ME)).toThrow(error);
});

it("a response looks as it did: its class, its properties, its methods' names", async () => {
  const response = await instrument(async () => new Response("{}", { status: 201 })).fetch(URL_OF_ME);
  expect(response).toBeInstanceOf(Response);
  expect([response.constructor, response.status, response.bodyUsed]).toEqual([Response, 201, false]);
  expect([response.text.name, response.clone.name, Object.keys(response)]).toEqual(["text", "clone", []]);
  expect(await response.clone().json()).toEqual({});
  expect(await response.text()).toBe("{}");
  await expect(response.text()).rejects.toThrow(TypeError);
});

it("the arguments arrive as they were given, untouched", async () => {
  const seen: unknown[][] = [];
  const { fetch } = instrument(async (...args) => {
    seen.push(args);
    return new Response("{}");
  });
  const init = Object.freeze({ headers: Object.freeze({ a: "b" }) });
  await fetch(URL_OF_ME, init);
  await fetch(URL_OF_ME);
  expect(seen[0]?.[1]).toBe(init);
  expect(seen[1]).toEqual([URL_OF_ME]);
});

it.each([
  ["nothing", []],
  ["undefined", [undefined]],
  ["a symbol", [Symbol("x")]],
  [
    "an object that throws",
    [
      {
        toString: () => {
          throw new Error("no");
        },
      },
    ],
  ],
  ["no URL", ["::"]],
  ["a port that is blocked", ["http://api.intercom.io:1/me"]],
  ["a forbidden header", [URL_OF_ME, { headers: { "bad name": "x" } }]],
  ["a method that fetch refuses", [URL_OF_ME, { method: "CONNECT" }]],
  ["an init that is none", [URL_OF_ME, 7]],
  ["a signal that is none", [URL_OF_ME, { signal: "x" }]],
])("fetch called with nonsense behaves as the real one: %s", async (_name, args) => {
  const settle = async (send: typeof fetch) => {
    try {
      return await Reflect.apply(send, undefined, args as Parameters<typeof fetch>);
    } catch (error) {
      return [(error as Error).name, (error as Error).message];
    }
  };
  const offline: typeof fetch = (...all) =>
    // What the real one accepts is not sent.
    String(all[0]) === URL_OF_ME && (all[1] as unknown) === 7
      ? Promise.reject(new Error("offline"))
      : fetch(...all);
  expect(await settle(instrument(offline).fetch)).toEqual(await settle(offline));
});

it("a rejection that nobody handles is still seen as one, of fetch and of the body", async () => {
  const seen: unknown[] = [];
  const listener = (reason: unknown) => seen.push(reason);
  const others = process.listeners("unhandledRejection");
  process.removeAllListeners("unhandledRejection");
  process.on("unhandledRejection", listener);
  try {
    const error = new Error("nobody listens");
    void instrument(() => Promise.reject(error)).fetch(URL_OF_ME);
    const broken = new ReadableStream({ pull: (controller) => controller.error(error) });
    void (await instrument(async () => new Response(broken)).fetch(URL_OF_ME)).text();
    await vi.waitFor(() => expect(seen).toEqual([error, error]));
  } finally {
    process.off("unhandledRejection", listener);
    for (const other of others) process.on("unhandledRejection", other);
  }
});

it.each<[string, () => unknown, Partial<Outcome>]>([
  [
    "a plain object",
    () => ({ status: 404, headers: { "x-request-id": "b68959ea6328bc4a8f9a" }, json: async () => ({}) }),
    { status: 404, requestId: "b68959ea6328bc4a8f9a" },
  ],
  [
    "one with a Map for headers",
    () => ({ status: 200, headers: new Map([["x-request-id", "b68959ea6328bc4a8f9a"]]) }),
    { status: 200, requestId: "b68959ea6328bc4a8f9a" },
  ],
  ["one without headers", () => ({ status: 500, ok: false }), { status: 500 }],
  ["one that cannot be extended", () => Object.freeze(new Response("{}", { status: 409 })), { status: 409 }],
  ["no response at all", () => undefined, { status: undefined }],
])("a mock's response is recorded as far as it can be read: %s", async (_name, respond, expected) => {
  const { fetch, outcomes } = instrument(async () => respond());
  await fetch(URL_OF_ME);
  await expect.poll(() => outcomes).toMatchObject([expected]);
});

it("a mock that responds without a promise is handed on", () => {
  const response = { status: 200 };
  const { fetch, outcomes } = instrument(() => response);
  expect(fetch(URL_OF_ME)).toBe(response);
  expect(outcomes).toMatchObject([{ status: 200 }]);
});

it("requests to other hosts pass through, and so does what the caller has aborted before", async () => {
  const { fetch, outcomes } = instrument(async () => new Response("{}"));
  await fetch("https://example.com/me");
  await fetch(URL_OF_ME, { signal: AbortSignal.abort() });
  expect(outcomes).toEqual([]);
});

it("a Request and a URL are recorded as a string is", async () => {
  const { fetch, outcomes } = instrument(async () => new Response("{}"));
  await (await fetch(new URL("https://api.intercom.io/contacts/1"))).json();
  const request = new Request("https://api.intercom.io/contacts/1", {
    method: "PUT",
    body: "{}",
    headers: { "Intercom-Version": "2.14" },
  });
  await (await fetch(request)).json();
  expect(outcomes).toMatchObject([
    { method: "GET", urlTemplate: "/contacts/{id}" },
    { method: "PUT", urlTemplate: "/contacts/{id}", apiVersion: "2.14" },
  ]);
});

it("the duration and the span end at the headers, however long the body takes", async () => {
  const tracing = startTracing();
  const { url } = await startIntercom({
    script: { rules: [{ action: { kind: "slow_body", seconds: 0.5 } }] },
  });
  const { fetch, outcomes } = instrument(globalThis.fetch, { hosts: [url] });
  await (await fetch(`${url}/me`)).text();
  expect(outcomes[0]?.durationSeconds).toBeLessThan(0.4);
  const [seconds = 1, nanoseconds = 0] = tracing.spans()[0]?.duration ?? [];
  expect(seconds + nanoseconds / 1e9).toBeLessThan(0.4);
});

it("the trace context is sent when it is asked for, and leaves the caller's objects and headers alone", async () => {
  startTracing();
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  const seen: Headers[] = [];
  const base = async (_input: unknown, init?: RequestInit) => {
    seen.push(new Headers(init?.headers));
    return new Response("{}");
  };
  const { fetch } = instrument(base, { propagateTraceContext: true });
  const init = { headers: { authorization: "Bearer x" } };
  await fetch(URL_OF_ME, init);
  await fetch(URL_OF_ME, { headers: { traceparent: "mine" } });
  await instrument(base).fetch(URL_OF_ME, init);
  expect(seen.map((headers) => headers.get("traceparent"))).toEqual([
    expect.stringMatching(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/),
    "mine",
    null,
  ]);
  expect(seen[0]?.get("authorization")).toBe("Bearer x");
  expect(init).toEqual({ headers: { authorization: "Bearer x" } });
});

it("the request is sent under its span", async () => {
  const tracing = startTracing();
  let active: string | undefined;
  const { fetch } = instrument(async () => {
    active = trace.getSpan(context.active())?.spanContext().spanId;
    return new Response("{}");
  });
  await (await fetch(URL_OF_ME)).text();
  expect(active).toBe(tracing.spans()[0]?.spanContext().spanId);
});

it("a Request whose aborted signal the init takes off is sent and recorded", async () => {
  const { fetch, outcomes } = instrument(async () => new Response(null, { status: 204 }));
  const request = new Request(URL_OF_ME, { signal: AbortSignal.abort() });
  expect((await fetch(request, { signal: null })).status).toBe(204);
  await new Promise((resolve) => setImmediate(resolve));
  expect(outcomes).toHaveLength(1);
});

it("headers are read from a Map as well, which fetch takes for a list of pairs", async () => {
  const { fetch, outcomes } = instrument(async () => new Response(null, { status: 204 }));
  await fetch(URL_OF_ME, { headers: new Map([["Intercom-Version", "2.11"]]) as never });
  await new Promise((resolve) => setImmediate(resolve));
  expect(outcomes).toMatchObject([{ apiVersion: "2.11" }]);
});

it.each<[string, RequestInit]>([
  ["a Request", new Request(URL_OF_ME, { method: "DELETE", headers: { authorization: "Bearer t" } })],
  ["an object of a class", Object.create({ method: "DELETE", headers: { authorization: "Bearer t" } })],
])("a retry keeps what the first attempt was given as its init: %s", async (_, init) => {
  const sent: Request[] = [];
  const { fetch } = instrument(
    async (...args) => {
      sent.push(new Request(...args));
      return new Response(null, { status: sent.length === 1 ? 503 : 204 });
    },
    { retry: { backoffSeconds: 0.001 } },
  );
  await fetch("https://api.intercom.io/contacts/1", init);
  const seen = sent.map(({ method, headers }) => [method, headers.get("authorization")]);
  expect(seen).toEqual([
    ["DELETE", "Bearer t"],
    ["DELETE", "Bearer t"],
  ]);
});
