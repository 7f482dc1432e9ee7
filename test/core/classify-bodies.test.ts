import { describe, expect, it } from "vitest";
import { classifyResponse, errorList } from "../support/classify.ts";
import { describePath } from "../support/describe-path.ts";

const conflict = { code: "conflict", category: "conflict", retryable: false };

describe("each shape of an error body", () => {
  it("an error.list gives its code and request id", () => {
    const { error, requestId } = classifyResponse(409, errorList({ code: "conflict", message: "exists" }));
    expect(error).toMatchObject({ ...conflict, rawCode: "conflict", entries: 1 });
    expect(requestId).toBe("b68959ea6328bc4a8f9a");
  });

  it.each([
    ["a field", errorList({ code: "conflict", field: "email" })],
    ["data", errorList({ code: "conflict", data: { required_permissions: ["a"] } })],
    ["type instead of code", errorList({ type: "conflict", message: "m" })],
    ["both, as old servers have it", errorList({ type: "something", code: "conflict" })],
  ])("%s changes nothing", (_, body) => {
    expect(classifyResponse(409, body).error).toMatchObject(conflict);
  });

  it("without a request id in the body the header has it; the body's wins", () => {
    const headers = (name: string) => (name === "x-request-id" ? "0".repeat(20) : undefined);
    expect(classifyResponse(409, { errors: [{ code: "conflict" }] }, { headers }).requestId).toBe(
      "0".repeat(20),
    );
    expect(classifyResponse(409, errorList({ code: "conflict" }), { headers }).requestId).toBe(
      "b68959ea6328bc4a8f9a",
    );
  });

  it("errors keyed by field are a validation failure with the code of the status", () => {
    const { error } = classifyResponse(422, {
      errors: { conversation_id: "is not known", email: "is taken" },
    });
    expect(error).toMatchObject({
      code: "unprocessable_entity",
      category: "validation",
      retryable: false,
      entries: 2,
    });
  });

  it("the same with 200 is a success with warnings", () => {
    expect(
      classifyResponse(200, { type: "fin", errors: { user: { attributes: {} } } }).error,
    ).toBeUndefined();
  });

  it("type error with a message only is classified by its status", () => {
    const body = { type: "error", request_id: "b68959ea6328bc4a8f9a", message: "Unknown ruleset" };
    const { error, requestId } = classifyResponse(500, body);
    expect(error).toMatchObject({ code: "server_error", retryable: true, entries: 0 });
    expect(requestId).toBe("b68959ea6328bc4a8f9a");
  });

  it("an error_key is a code", () => {
    expect(classifyResponse(400, { error_key: "invalid_phone_number" }).error).toMatchObject({
      code: "invalid_phone_number",
      category: "validation",
      retryable: false,
    });
    expect(classifyResponse(422, { error_key: "sms_failed", message: "m" }).error).toMatchObject({
      code: "sms_failed",
    });
  });

  it.each([
    ["HTML", "<html><body>502 Bad Gateway</body></html>"],
    ["nothing", ""],
    ["no body at all", undefined],
    ["no errors", errorList()],
    ["null", null],
    ["the text null", "null"],
    ["cut short", '{"type":"error.list","errors":[{"co'],
    ["an array", [{ code: "conflict" }]],
    ["a number", 7],
    ["a string as JSON", '"conflict"'],
    ["bytes of HTML", Buffer.from("<html>")],
    ["a stream", { pipe: () => undefined, errors: [{ code: "conflict" }] }],
    ["an array of nothing", errorList(null, { code: "conflict" })],
    ["a numeric code", errorList({ code: "502" })],
    ["a number as code", errorList({ code: 502 })],
    ["a code of 5 kB", errorList({ code: "x".repeat(5000) })],
    ["a code with a space", errorList({ code: "not a code" })],
    ["an e-mail as code", errorList({ code: "jane@example.com" })],
    ["an object as code", errorList({ code: { toString: () => "conflict" } })],
    ["errors as text", { errors: "conflict" }],
    ["more than 64 KiB", JSON.stringify(errorList({ code: "conflict", message: "x".repeat(65_536) }))],
    [
      "more than 64 KiB of bytes",
      Buffer.from(JSON.stringify(errorList({ code: "conflict", m: "x".repeat(65_536) }))),
    ],
  ])("%s says nothing usable, and the status decides", (_, body) => {
    expect(classifyResponse(502, body).error).toMatchObject({
      code: "bad_gateway",
      rawCode: "bad_gateway",
      category: "server",
      retryable: true,
      retryMode: "backoff",
    });
  });

  it("of several entries the first one counts, and their number is kept", () => {
    const { error } = classifyResponse(
      409,
      errorList({ code: "conflict" }, { code: "not_found" }, { code: "forbidden" }),
    );
    expect(error).toMatchObject({ ...conflict, entries: 3 });
  });

  it.each([
    ["an object", errorList({ code: "conflict" })],
    ["text", JSON.stringify(errorList({ code: "conflict" }))],
    ["text with spaces", JSON.stringify(errorList({ code: "conflict" }), null, 2)],
    ["bytes", Buffer.from(JSON.stringify(errorList({ code: "conflict" })))],
    ["an ArrayBuffer", new TextEncoder().encode(JSON.stringify(errorList({ code: "conflict" }))).buffer],
  ])("an error.list on a 2xx is a failure (%s)", (_, body) => {
    expect(classifyResponse(200, body)).toMatchObject({ status: 200, error: conflict });
    expect(classifyResponse(409, body)).toMatchObject({ status: 409, error: conflict });
  });

  it("a 200 that merely mentions error.list is a success", () => {
    expect(classifyResponse(200, '{"name":"error.list\\"","type":"contact"}').error).toBeUndefined();
    expect(classifyResponse(200, { type: "list", data: [{ type: "error.list" }] }).error).toBeUndefined();
    const late = `{"data":"${"x".repeat(300)}","type":"error.list","errors":[{"code":"conflict"}]}`;
    expect(classifyResponse(200, late).error).toBeUndefined();
  });

  it("an error.list on a 200 without a usable code is an unknown failure", () => {
    expect(classifyResponse(200, errorList()).error).toMatchObject({
      code: "other",
      category: "unknown",
      retryable: false,
    });
  });
});

it("bodies and headers that throw when they are read cost their own fact only", () => {
  const explode = () => {
    throw new Error("getter");
  };
  const body = Object.defineProperty({}, "errors", { get: explode, enumerable: true });
  expect(classifyResponse(404, body)).toMatchObject({ status: 404, error: { code: "not_found" } });
  expect(classifyResponse(200, "{}", { headers: explode })).toMatchObject({ status: 200 });
  expect(classifyResponse(200, "{}", { headers: explode }).error).toBeUndefined();
});

it.each([0, -1, 99, 1000, 200.5, Number.NaN, Number.POSITIVE_INFINITY])(
  "a status that HTTP does not have (%d) is not a response",
  (status) => {
    const { status: seen, error } = classifyResponse(status, "{}");
    expect(seen).toBeUndefined();
    expect(error).toMatchObject({ category: "transport" });
  },
);

it("an operation is one object for all requests to it", () => {
  expect(describePath("get", "/contacts/2")).toBe(describePath("GET", "/contacts/1"));
});
