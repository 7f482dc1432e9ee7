import { classify } from "@intercom-telemetry/core";
import { ALL_OPERATIONS } from "@intercom-telemetry/core/facts";
import { describe, expect, it } from "vitest";
import { readRequestId } from "../../packages/core/src/classify/header-values.ts";
import { readErrorBody, readHiddenErrorList } from "../../packages/core/src/classify/read-body.ts";
import { readErrorCode } from "../../packages/core/src/classify/read-error-code.ts";
import { redactUrl } from "../../packages/core/src/classify/redact-url.ts";
import type { RequestTarget } from "../../packages/core/src/classify/request-target.ts";

const LARGEST_BYTES = 65_536;
/** A JSON object of exactly this many bytes. */
const objectOf = (bytes: number): string => `{"a":"${"x".repeat(bytes - 8)}"}`;

describe("the body of a failed request", () => {
  it.each([
    ["text", '{"a":1}', { a: 1 }],
    ["text with white space around it", ' \n\t{"a":1} ', { a: 1 }],
    ["bytes", Buffer.from('{"a":1}'), { a: 1 }],
    ["an ArrayBuffer", new TextEncoder().encode('{"a":1}').buffer, { a: 1 }],
    ["parsed", { a: 1 }, { a: 1 }],
    ["an array in text", "[1]", undefined],
    ["a number in text", "1", undefined],
    ["HTML", "<p>{}</p>", undefined],
    ["a cut object", '{"a":', undefined],
    ["null", null, undefined],
    ["an array", [1], undefined],
    ["a number", 1, undefined],
    ["a view that is no bytes", new Float64Array(1), undefined],
    ["a stream", { pipe() {}, errors: [] }, undefined],
  ])("is read as %s", (_, body, expected) => {
    expect(readErrorBody(body)).toEqual(expected);
  });

  it("is parsed up to 64 KiB and not beyond, as text and as bytes", () => {
    const [largest, larger] = [objectOf(LARGEST_BYTES), objectOf(LARGEST_BYTES + 1)];
    expect(readErrorBody(largest)).toBeDefined();
    expect(readErrorBody(Buffer.from(largest))).toBeDefined();
    expect(readErrorBody(larger)).toBeUndefined();
    expect(readErrorBody(Buffer.from(larger))).toBeUndefined();
  });
});

describe("an error list behind a status of success", () => {
  const list = { type: "error.list", errors: [{ code: "not_found" }] };
  const json = JSON.stringify(list);

  it.each([
    ["text", json],
    ["bytes", Buffer.from(json)],
    ["an ArrayBuffer", new TextEncoder().encode(json).buffer],
    ["an object", list],
  ])("is found in %s", (_, body) => {
    expect(readHiddenErrorList(body)).toEqual(list);
  });

  it.each([
    ["another type", '{"type":"contact","note":"error.list"}'],
    ["another type, parsed", { type: "contact" }],
    ["no object", 7],
    ["a sign too far in", `{"a":"${"x".repeat(300)}","type":"error.list"}`],
    ["the same in bytes", Buffer.from(`{"a":"${"x".repeat(300)}","type":"error.list"}`)],
  ])("is not seen in %s", (_, body) => {
    expect(readHiddenErrorList(body)).toBeUndefined();
  });
});

describe("the code in an error body", () => {
  it.each([
    [{ errors: [{ code: "a_b" }, { code: "c" }] }, { code: "a_b", entries: 2, byField: false }],
    [{ errors: [{ code: 7, type: "t1" }] }, { code: "t1", entries: 1, byField: false }],
    [{ errors: [{ code: "400" }] }, { entries: 1, byField: false }],
    [{ errors: [null] }, { entries: 1, byField: false }],
    [{ errors: ["text"] }, { entries: 1, byField: false }],
    [{ errors: [] }, { entries: 0, byField: false }],
    [{ errors: { a: [], b: [] } }, { entries: 2, byField: true }],
    [
      { errors: null, error_key: "sms_failed" },
      { code: "sms_failed", entries: 0, byField: false },
    ],
    [{ error_key: { no: 1 } }, { entries: 0, byField: false }],
    [{}, { entries: 0, byField: false }],
    [
      { errors: [{ code: `a${"b".repeat(63)}` }] },
      { code: `a${"b".repeat(63)}`, entries: 1, byField: false },
    ],
    [{ errors: [{ code: `a${"b".repeat(64)}` }] }, { entries: 1, byField: false }],
    [{ errors: [{ code: "with space" }] }, { entries: 1, byField: false }],
  ])("%j", (body, expected) => {
    const { first: _, ...found } = readErrorCode(body);
    expect(found).toStrictEqual(expected);
  });
});

describe("a request id", () => {
  it.each(["b68959ea6328bc4a8f9a", "f93ecfa8-d08a-4325-8694-89aeb89c8f85"])("%s is one", (id) => {
    expect(readRequestId(id)).toBe(id);
  });
  it.each([
    "",
    "x".repeat(129),
    "a b",
    "a@b",
    7,
    null,
    undefined,
    ["a"],
    "req_1",
    "dG9rOmE4ZTk2MDJhXzJhMGRfNGE1MA==",
  ])("%j is not one", (value) => {
    expect(readRequestId(value)).toBeUndefined();
  });
  it("comes from the body before the header", () => {
    const route = { method: "GET", template: "/me" };
    const [ofBody, ofHeader] = ["b".repeat(20), "h".repeat(20)];
    const idOf = (request_id: string) =>
      classify({ status: 404, headers: () => ofHeader, body: { request_id } }, route).requestId;
    expect(idOf(ofBody)).toBe(ofBody);
    expect(idOf("not @ id")).toBe(ofHeader);
  });
});

describe("a recorded URL", () => {
  const target: RequestTarget = {
    protocol: "https:",
    hostname: "h",
    address: "h",
    port: 443,
    basePath: "",
    path: "/me",
    query: "",
  };
  const operationOf = (template: string) => ALL_OPERATIONS.find((each) => each.template === template);
  const redact = (parts: Partial<RequestTarget>, template?: string): string =>
    redactUrl({ ...target, ...parts }, template === undefined ? undefined : operationOf(template));

  it.each([
    [{ protocol: "https:", port: 443 }, "https://h/me"],
    [{ protocol: "https:", port: 80 }, "https://h:80/me"],
    [{ protocol: "http:", port: 80 }, "http://h/me"],
    [{ protocol: "http:", port: 443 }, "http://h:443/me"],
    [{ basePath: "/base" }, "https://h/REDACTED/me"],
    [{ query: "page=1" }, "https://h/me?page=REDACTED"],
  ])("of %j is %s", (parts, url) => {
    expect(redact(parts, "/me")).toBe(url);
  });

  it.each([
    ["/contacts/5f0c", "/contacts/{id}", "/contacts/5f0c"],
    ["/contacts/5f0c/", "/contacts/{id}", "/contacts/5f0c/"],
    ["/contacts/a@b/", "/contacts/{id}", "/contacts/REDACTED/"],
    ["/%63ontacts/1", "/contacts/{id}", "/contacts/1"],
    ["/me/jane@acme.example/1", "/me", "/me/REDACTED/REDACTED"],
    [`/contacts/${"x".repeat(64)}`, "/contacts/{id}", `/contacts/${"x".repeat(64)}`],
    [`/contacts/${"x".repeat(65)}`, "/contacts/{id}", "/contacts/REDACTED"],
    [
      "/contacts/find_by_external_id/u1",
      "/contacts/find_by_external_id/{external_id}",
      "/contacts/find_by_external_id/REDACTED",
    ],
    ["/contacts/jane", undefined, "/contacts/REDACTED"],
    ["/nowhere/{id}", undefined, "/REDACTED/REDACTED"],
    ["/contacts//jane/", undefined, "/contacts//REDACTED/"],
    [`${"/contacts".repeat(20)}`, undefined, "/contacts".repeat(15)],
  ])("with path %s on %s shows %s", (path, template, shown) => {
    expect(redact({ path }, template)).toBe(`https://h${shown}`);
  });

  it("shows the names of at most twenty fields", () => {
    const query = Array.from({ length: 30 }, () => "a=1").join("&");
    expect(redact({ query }, "/me").match(/a=REDACTED/g)).toHaveLength(20);
  });
});
