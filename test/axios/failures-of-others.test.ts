import { createReadStream } from "node:fs";
import http from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { explainIntercomError } from "@intercom-telemetry/axios";
import { intercomRetry } from "@intercom-telemetry/axios/retry";
import type { AxiosRequestConfig } from "axios";
import axiosRetry from "axios-retry";
import { describe, expect, it } from "vitest";
import { failureOf, startMeasuredApi } from "../support/measured-api.ts";
import { readRequests, readValue } from "../support/series.ts";
import { attributesOf } from "../support/spans.ts";
import { settle } from "../support/stub-adapter.ts";
import { createInstance, NEWEST, OLDEST, TRANSPORTS } from "../support/transports.ts";

const HTTP_TRANSPORTS = TRANSPORTS.filter(({ adapter }) => adapter === "http");
const REFUSED_BY_STORAGE = {
  script: {
    rules: [
      { match: { host: "storage" }, action: { kind: "xml", status: 403 } },
      { match: { path: "/calls/5/recording" }, action: { kind: "redirect", to: "storage" } },
    ],
  },
} as never;
const script = (...sequence: object[]) => ({ script: { rules: [{ sequence }] } }) as never;

describe.each(HTTP_TRANSPORTS)("$name: after a redirect to another host", (transport) => {
  it("a refusal is a status, and no code, quota or advice of Intercom's", async () => {
    const measured = await startMeasuredApi(transport, {
      simulator: REFUSED_BY_STORAGE,
    });
    const { api, registry, tracing } = measured;
    const error = await failureOf(api.get("/calls/5/recording"));
    expect(error.response?.status).toBe(403);
    const attributes = attributesOf(tracing.spans()[0]);
    expect(attributes).toMatchObject({ status: 403, errorType: "403" });
    for (const key of ["errorCode", "errorCategory", "retryable", "rateLimit", "requestId"] as const) {
      expect(attributes[key], key).toBeUndefined();
    }
    expect(await readRequests(registry)).toEqual({
      "GET /calls/{id}/recording 403 not_intercom false": 1,
    });
    expect(await readValue(registry, "rateLimitUnknown")).toBe(0);
    expect(explainIntercomError(error)).toMatchObject({
      code: "not_intercom",
      category: "intermediary",
      cause: expect.stringContaining("Another host responded"),
    });
  });

  it("a success is not counted as a response of Intercom's without a quota", async () => {
    const { api, registry } = await startMeasuredApi(transport, {
      simulator: script({ kind: "redirect", to: "storage" }),
    });
    expect((await api.get("/calls/5/recording")).status).toBe(200);
    expect(await readRequests(registry)).toEqual({ "GET /calls/{id}/recording 200": 1 });
    expect(await readValue(registry, "rateLimitUnknown")).toBe(0);
  });
});

describe.each(TRANSPORTS)("$name: what never got as far as the wire", (transport) => {
  const NOWHERE = join(tmpdir(), "intercom-telemetry-no-such-file");

  it.each<[string, AxiosRequestConfig]>([
    ["a body from a file that is not there", { method: "post", data: createLater(NOWHERE) }],
    ["a body from a folder", { method: "post", data: createLater(tmpdir()) }],
  ])("%s is an invalid request", async (_, config) => {
    if (transport.adapter === "fetch") return;
    const { api, registry } = await startMeasuredApi(transport);
    const { data } = config;
    await failureOf(api.request({ ...config, url: "/contacts", data: (data as () => unknown)() }));
    expect(await readRequests(registry)).toEqual({ "POST /contacts invalid_request false": 1 });
  });
});

/** A stream that fails unobserved would end the process: it is made by the test that reads it. */
function createLater(path: string): () => unknown {
  return () => createReadStream(path);
}

describe.each(HTTP_TRANSPORTS)("$name: what the program throws on the way", (transport) => {
  const fail = (): never => {
    throw new Error("of the program");
  };

  it("a throwing agent is an invalid request", async () => {
    class BrokenAgent extends http.Agent {
      addRequest = fail;
    }
    const { api, registry } = await startMeasuredApi(transport);
    await failureOf(api.get("/me", { httpAgent: new BrokenAgent() }));
    expect(await readRequests(registry)).toEqual({ "GET /me invalid_request false": 1 });
  });

  it("a parameter that is not a date is one failed attempt, and is not retried", async () => {
    const { api, registry, simulator } = await startMeasuredApi(transport);
    axiosRetry(api as never, intercomRetry({ hosts: [simulator.url] }) as never);
    await failureOf(api.get("/contacts", { params: { since: new Date(Number.NaN) } }));
    const requests = await readRequests(registry);
    if (simulator.ledger.entries().length === 0) {
      expect(requests).toEqual({ "GET /contacts invalid_request false": 1 });
    } else {
      // Newer versions of axios send it.
      expect(Object.values(requests)).toEqual([1]);
    }
    expect(await readValue(registry, "retries", { error_code: "" })).toBe(0);
  });
});

it("a beforeRedirect that throws is an invalid request", async () => {
  const { api, registry } = await startMeasuredApi(NEWEST, {
    simulator: script({ kind: "redirect", to: "storage" }),
  });
  const beforeRedirect = () => {
    throw new Error("of the program");
  };
  await failureOf(api.get("/me", { beforeRedirect }));
  expect(await readRequests(registry)).toEqual({ "GET /me invalid_request false": 1 });
});

it("a URL object that axios cannot join is an invalid request, or is measured like its text", async () => {
  const { api, registry, simulator } = await startMeasuredApi(NEWEST);
  await api.request({ url: new URL("/me", simulator.url) as never }).catch(() => undefined);
  const requests = Object.keys(await readRequests(registry));
  const onTheWire = simulator.ledger.entries().length;
  expect(requests).toEqual([onTheWire === 0 ? "GET /me invalid_request false" : "GET /me 200"]);
});

describe.each(TRANSPORTS)("$name: a page in front of Intercom", (transport) => {
  it.each([
    [403, /proxy, firewall or CDN/],
    [407, /proxy's user name and password/],
    [404, /base URL/],
  ])("with status %d gets the advice for that status", async (status, advice) => {
    // The fetch standard turns a 407 into a network error.
    if (status === 407 && transport.adapter === "fetch") return;
    const { api, registry } = await startMeasuredApi(transport, {
      simulator: script({ kind: "html", status }),
    });
    const error = await failureOf(api.get("/me"));
    expect(await readRequests(registry)).toEqual({ [`GET /me ${status} not_intercom false`]: 1 });
    expect(explainIntercomError(error)).toMatchObject({
      cause: expect.stringContaining("Intercom did not respond"),
      action: expect.stringMatching(advice),
    });
  });
});

describe.each(TRANSPORTS)("$name: a body that stalls after the headers", (transport) => {
  it("is a timeout", async () => {
    const { api, registry } = await startMeasuredApi(transport, {
      simulator: script({ kind: "stalled_body" }),
    });
    await failureOf(api.get("/admins", { timeout: 200 }));
    expect(await readRequests(registry)).toEqual({ "GET /admins timeout true": 1 });
  });
});

describe.each(HTTP_TRANSPORTS)("$name: JSON that axios refuses to have parsed", (transport) => {
  it("is a success on the wire and is not retried", async () => {
    const { api, registry, simulator } = await startMeasuredApi(transport, {
      simulator: { script: { rules: [{ action: { kind: "html", status: 200 } }] } },
    });
    axiosRetry(api as never, intercomRetry({ hosts: [simulator.url] }) as never);
    await failureOf(
      api.get("/me", {
        responseType: "json",
        transitional: { silentJSONParsing: false, forcedJSONParsing: true },
      }),
    );
    expect(simulator.ledger.entries()).toHaveLength(1);
    expect(await readRequests(registry)).toEqual({ "GET /me 200": 1 });
  });
});

describe("explainIntercomError of what comes from no request", () => {
  it.each([
    new TypeError("x is not a function"),
    new ReferenceError("x is not defined"),
    new RangeError("Invalid time value"),
    Object.assign(new Error("assertion"), { name: "AssertionError", code: "ERR_ASSERTION" }),
    new SyntaxError("Unexpected token"),
    Object.assign(new Error("duplicate key value"), { code: "23505" }),
    Object.assign(new Error("Cannot find package"), { code: "ERR_MODULE_NOT_FOUND" }),
    Object.assign(new TypeError("The argument"), { code: "ERR_INVALID_ARG_TYPE" }),
    Object.assign(new Error("no such file"), { code: "ENOENT", syscall: "open" }),
    new DOMException("could not be cloned", "DataCloneError"),
    new Error("saving failed", { cause: Object.assign(new Error("duplicate key"), { code: "23505" }) }),
  ])("%s is not a failed request", (error) => {
    expect(explainIntercomError(error)).toMatchObject({
      code: "program_error",
      retryable: false,
      cause: expect.stringContaining("not a failed request"),
    });
  });

  it.each<[object, string]>([
    [Object.assign(new Error("connect"), { code: "ECONNREFUSED" }), "connection_refused"],
    [Object.assign(new TypeError("fetch failed"), { cause: { code: "ENOTFOUND" } }), "dns"],
    [new DOMException("", "TimeoutError"), "timeout"],
    [new DOMException("", "AbortError"), "canceled"],
    [new TypeError("fetch failed"), "network_error"],
    [Object.assign(new TypeError("fetch failed"), { cause: { code: "EODD" } }), "network_error"],
  ])("%o is one", (error, code) => {
    expect(explainIntercomError(error).code).toBe(code);
  });
});

it("an instance of the oldest axios says of an outcome what the newest says", async () => {
  for (const transport of [OLDEST, NEWEST]) {
    const { api } = await startMeasuredApi(transport);
    expect(explainIntercomError(await failureOf(api.get("/contacts/none")))).toMatchObject({
      code: "not_found",
      urlTemplate: "/contacts/{id}",
    });
  }
});

it("a failure that the program has wrapped is explained with its operation", async () => {
  const { api } = await startMeasuredApi(NEWEST);
  const failure = await failureOf(api.get("/contacts/none"));
  const wrapped = new Error("no such contact", { cause: new Error("lookup", { cause: failure }) });
  const expected = { code: "not_found", urlTemplate: "/contacts/{id}" };
  expect(explainIntercomError(wrapped)).toMatchObject(expected);
  const bare = createInstance(NEWEST, { adapter: (config) => settle(config, { status: 404 }) });
  const unrecorded = await failureOf(bare.get("https://api.intercom.io/contacts/none"));
  expect(explainIntercomError(new Error("x", { cause: unrecorded }))).toMatchObject(expected);
});
