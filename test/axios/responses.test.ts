import { text } from "node:stream/consumers";
import type { FaultAction } from "@intercom-telemetry/simulator";
import { describe, expect, it } from "vitest";
import { failureOf, startMeasuredApi } from "../support/measured-api.ts";
import { readRequests, readValue } from "../support/series.ts";
import { attributesOf, expectSpan } from "../support/spans.ts";
import { TRANSPORTS, type Transport } from "../support/transports.ts";

const scripted = (transport: Transport, action: FaultAction, axios = {}) =>
  startMeasuredApi(transport, { simulator: { script: { rules: [{ action }] } }, axios });

/** A failure of the transport: no status, an error with this code. */
const broken = (code: string, retryable: boolean, category = "transport") => ({
  name: "GET /admins",
  failed: true,
  attributes: {
    urlTemplate: "/admins",
    errorType: code,
    errorCode: code,
    errorCategory: category,
    retryable,
  },
});

describe.each(TRANSPORTS)("$name", (transport) => {
  it("a successful response is a span with URL template, status, request id and what is left of the window", async () => {
    const { api, registry, tracing, simulator, mismatches } = await startMeasuredApi(transport);
    await api.get("/admins", { headers: { "Intercom-Version": "2.11" } });
    const [entry] = simulator.ledger.entries();
    expectSpan(tracing.spans()[0], {
      name: "GET /admins",
      failed: false,
      attributes: {
        method: "GET",
        serverAddress: "127.0.0.1",
        serverPort: simulator.port,
        url: `${simulator.url}/admins`,
        urlTemplate: "/admins",
        client: "default",
        apiVersion: "2.11",
        status: 200,
        requestId: entry?.requestId,
        rateLimit: 1667,
        rateLimitRemaining: entry?.remaining,
        rateLimitReset: entry?.resetEpochSeconds,
      },
    });
    expect(await mismatches()).toEqual([]);
    const labels = { client: "default", method: "GET", url_template: "/admins" };
    expect(await readValue(registry, "duration", labels, "_count")).toBe(1);
    expect(await readValue(registry, "rateLimitRemaining")).toBe(entry?.remaining);
    expect(await readValue(registry, "rateLimitUnknown")).toBe(0);
  });

  it("a refusal carries Intercom's code, its category, and whether a retry can help", async () => {
    const action = { kind: "error_list", status: 403, code: "api_plan_restricted" } as const;
    const { api, tracing, mismatches } = await scripted(transport, action);
    await failureOf(api.get("/admins"));
    expect(attributesOf(tracing.spans()[0])).toMatchObject({
      status: 403,
      errorType: "403",
      errorCode: "api_plan_restricted",
      errorCategory: "plan",
      retryable: false,
    });
    expect(await mismatches()).toEqual([]);
  });

  it("a stream ends its span at the headers and stays unread", async () => {
    const { api, tracing } = await startMeasuredApi(transport);
    const { data } = await api.get("/admins", { responseType: "stream" });
    expect(tracing.spans()[0]?.status).toEqual({ code: 0 });
    // A stream of Node has the one, a web stream the other.
    expect({ flowing: data.readableFlowing ?? null, locked: data.locked ?? false }).toEqual({
      flowing: null,
      locked: false,
    });
    expect(await text(data)).toContain("admin.list");
  });

  it("a stream that breaks off after its headers changes nothing any more", async () => {
    const { api, registry } = await scripted(transport, { kind: "cut_body" });
    const { data } = await api.get("/admins", { responseType: "stream" });
    await expect(text(data)).rejects.toThrow();
    expect(await readRequests(registry)).toEqual({ "GET /admins 200": 1 });
  });

  it("the body of a refused stream is not consumed: its status classifies it", async () => {
    const action = { kind: "error_list", status: 404, code: "admin_not_found" } as const;
    const { api, registry } = await scripted(transport, action);
    const { response } = await failureOf(api.get("/admins", { responseType: "stream" }));
    expect(await text(response?.data as NodeJS.ReadableStream)).toContain("admin_not_found");
    expect(await readRequests(registry)).toEqual({ "GET /admins 404 not_found false": 1 });
  });

  it("a body that is cut short is a failure of the transport", async () => {
    const { api, tracing, mismatches } = await scripted(transport, { kind: "cut_body" });
    await failureOf(api.get("/admins"));
    expectSpan(tracing.spans()[0], broken("response_incomplete", true));
    expect(await mismatches()).toEqual([]);
  });

  it("a 200 whose JSON cannot be parsed is not an HTTP error", async () => {
    const { api, registry, tracing, mismatches } = await scripted(transport, {
      kind: "cut_json",
      status: 200,
    });
    const transitional = { silentJSONParsing: false };
    await failureOf(api.get("/admins", { responseType: "json", transitional }));
    expect(tracing.spans()[0]?.status).toEqual({ code: 0 });
    expect(await readRequests(registry)).toEqual({ "GET /admins 200": 1 });
    expect(await mismatches()).toEqual([]);
  });

  it("with validateStatus null a 429 resolves and is counted as one", async () => {
    const action = { kind: "rate_limited", by: "window" } as const;
    const { api, tracing, mismatches } = await scripted(transport, action, { validateStatus: null });
    expect((await api.get("/admins")).status).toBe(429);
    expect(attributesOf(tracing.spans()[0])).toMatchObject({
      errorType: "429",
      errorCode: "rate_limit_exceeded",
      retryable: true,
      rateLimitRemaining: 0,
    });
    expect(await mismatches()).toEqual([]);
  });

  it("a 304 is not an error, though axios rejects it", async () => {
    const { api, tracing, mismatches } = await scripted(transport, { kind: "not_modified" });
    expect((await failureOf(api.get("/admins"))).response?.status).toBe(304);
    expect(tracing.spans()[0]?.status).toEqual({ code: 0 });
    expect(attributesOf(tracing.spans()[0])).toMatchObject({ status: 304 });
    expect(attributesOf(tracing.spans()[0])).not.toHaveProperty("errorCode");
    expect(await mismatches()).toEqual([]);
  });

  it("a redirect that is followed is one request, under the URL that was asked for", async () => {
    const { api, simulator, tracing, registry } = await startMeasuredApi(transport, {
      simulator: {
        script: { rules: [{ match: { path: "/admins" }, action: { kind: "redirect", to: "/tags" } }] },
      },
    });
    expect((await api.get("/admins")).data.type).toBe("list");
    expect(simulator.ledger.entries().length).toBe(2);
    expect(tracing.spans().length).toBe(1);
    expect(attributesOf(tracing.spans()[0])).toMatchObject({
      url: `${simulator.url}/admins`,
      urlTemplate: "/admins",
      status: 200,
    });
    expect(await readRequests(registry)).toEqual({ "GET /admins 200": 1 });
  });

  it("redirects that go around in a circle are an error without a status", async () => {
    const { api, tracing } = await scripted(transport, { kind: "redirect", to: "self" });
    await failureOf(api.get("/admins"));
    expectSpan(tracing.spans()[0], broken("too_many_redirects", false, "client"));
  });

  it("a response above maxContentLength is the caller's limit, and not retryable", async () => {
    const { api, tracing } = await startMeasuredApi(transport, { axios: { maxContentLength: 10 } });
    await failureOf(api.get("/admins"));
    expectSpan(tracing.spans()[0], broken("response_too_large", false, "client"));
  });

  it("a body above maxBodyLength is the caller's limit, and not retryable", async () => {
    const { api, registry } = await startMeasuredApi(transport, { axios: { maxBodyLength: 10 } });
    await failureOf(api.post("/contacts", { email: "a@example.com", name: "x".repeat(100) }));
    expect(await readRequests(registry)).toEqual({ "POST /contacts request_too_large false": 1 });
  });

  it.each<[FaultAction, string]>([
    [{ kind: "reset" }, "connection_reset"],
    [{ kind: "corrupt_gzip" }, "response_undecodable"],
  ])("a broken transport has the code of what broke (%o)", async (action, code) => {
    const { api, tracing, mismatches } = await scripted(transport, action);
    await failureOf(api.get("/admins"));
    expectSpan(tracing.spans()[0], broken(code, true));
    expect(await mismatches()).toEqual([]);
  });
});

// The fetch adapter cannot see a redirect without following it.
describe.each(TRANSPORTS.filter(({ adapter }) => adapter === "http"))("$name", (transport) => {
  it("a 302 that must not be followed is not an error, though axios rejects it", async () => {
    const redirect = { kind: "redirect", to: "/me" } as const;
    const { api, tracing, mismatches } = await scripted(transport, redirect, { maxRedirects: 0 });
    expect((await failureOf(api.get("/admins"))).response?.status).toBe(302);
    expect(tracing.spans()[0]?.status).toEqual({ code: 0 });
    expect(await mismatches()).toEqual([]);
  });
});
