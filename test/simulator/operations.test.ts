import { ALL_OPERATIONS } from "@intercom-telemetry/core/facts";
import { expect, test } from "vitest";
import { type ResponseTraits, traitsOf } from "../../packages/simulator/src/api/response-traits.ts";
import { ask, call, start } from "./support.ts";

const fill = (template: string) => template.replace(/\{[^}]+\}/g, "12345");

const query = { field: "id", operator: "=", value: "1" };
/** What every operation that checks its body accepts. */
const BODY = {
  role: "lead",
  name: "vip",
  event_name: "ordered",
  body: "Hello",
  message_type: "comment",
  query,
};

/** Operations on one record of a kind that the simulator remembers; the record 12345 is not there. */
const ON_RECORDS = [
  "GET /admins/{id}",
  ...["GET", "PUT", "DELETE"].map((method) => `${method} /companies/{id}`),
  "GET /companies/{id}/contacts",
  "POST /contacts/merge",
  "GET /contacts/find_by_external_id/{external_id}",
  ...["GET", "PUT", "DELETE"].map((method) => `${method} /contacts/{id}`),
  "POST /contacts/{id}/archive",
  "POST /contacts/{id}/unarchive",
  ...["companies", "tags"].flatMap((kind) => [`GET /contacts/{id}/${kind}`, `POST /contacts/{id}/${kind}`]),
  "DELETE /contacts/{id}/companies/{company_id}",
  "DELETE /contacts/{id}/tags/{tag_id}",
  "POST /conversations",
  "POST /conversations/last/reply",
  ...["GET", "PUT", "DELETE"].map((method) => `${method} /conversations/{id}`),
  "POST /conversations/{id}/parts",
  "POST /conversations/{id}/reply",
  "POST /conversations/{id}/tags",
  "DELETE /conversations/{id}/tags/{tag_id}",
  "POST /export/cancel/{job_identifier}",
  "GET /export/content/data/{job_identifier}",
  "GET /export/reporting_data/{job_identifier}",
  "GET /tags/{id}",
  "DELETE /tags/{id}",
];

const IS_KIND: Readonly<
  Record<NonNullable<ResponseTraits["response"]>, (body: string, headers: Headers) => boolean>
> = {
  json: (body) => typeof JSON.parse(body) === "object",
  empty: (body) => body === "",
  text: (body, headers) => body !== "" && headers.get("content-type") === "text/plain; charset=utf-8",
  binary: (body, headers) => body !== "" && headers.get("content-type") === "application/octet-stream",
  redirect: (_body, headers) =>
    /^http:\/\/localhost:\d+\/recordings\/12345$/.test(headers.get("location") ?? ""),
};

test("every operation of the operation table responds with its documented status and kind of body", async () => {
  const simulator = await start({ apps: [{ name: "demo", token: "demo-token", limitPerWindow: 10_000 }] });
  const notFound: string[] = [];
  for (const documented of ALL_OPERATIONS) {
    const { method, template, successStatus } = documented;
    const { response: kind = "json" } = traitsOf(documented);
    if (successStatus === 204) expect(kind).toBe("empty");
    const body = method === "GET" ? undefined : BODY;
    const response = await call(simulator, fill(template), { method, body, redirect: "manual" });
    const text = await response.text();
    const operation = `${method} ${template}`;
    if (response.status === 404) notFound.push(operation);
    else {
      expect(`${operation} ${response.status}`).toBe(`${operation} ${successStatus}`);
      expect(IS_KIND[kind](text, response.headers), operation).toBe(true);
    }
    const { status } = response;
    expect(simulator.ledger.entries().at(-1)).toMatchObject({ method, urlTemplate: template, status });
  }
  expect(notFound.sort()).toEqual([...ON_RECORDS].sort());
});

test.each([
  ["GET", "/contacts/abc/", "/contacts/{id}"],
  ["POST", "/export/content/data/", "/export/content/data"],
  ["GET", "/companies/scroll?scroll_param=x", "/companies/scroll"],
  ["GET", "/contacts/find_by_external_id/a%2Fb", "/contacts/find_by_external_id/{external_id}"],
  ["GET", "/contacts//tags", "unmatched"],
  ["GET", "/contacts/a/b/c/d", "unmatched"],
  ["PURGE", "/contacts/1", "unmatched"],
  ["DELETE", "/me", "unmatched"],
])("%s %s is served as %s", async (method, path, urlTemplate) => {
  const simulator = await start();
  await call(simulator, path, { method });
  expect(simulator.ledger.entries()).toMatchObject([{ method, path: path.split("?")[0], urlTemplate }]);
});

test("an unknown path and an unknown method get 404 with the rate-limit headers of a good token", async () => {
  const simulator = await start();
  for (const options of [{}, { method: "PATCH" }]) {
    const { status, code, headers } = await ask(simulator, "/contacts/1/nothing", options);
    expect([status, code]).toEqual([404, "not_found"]);
    expect(headers.get("x-ratelimit-limit")).toBe("1667");
  }
});

test.each([
  ["a body that is no JSON", { body: "{" }, 400, "parameter_invalid"],
  ["a body that is JSON but no object", { body: "[1]" }, 400, "parameter_invalid"],
  ["an e-mail address that is none", { body: { email: "nobody" } }, 422, "parameter_invalid"],
  ["a field of the wrong type", { body: { email: "a@example.com", name: 7 } }, 422, "parameter_invalid"],
  ["a body without any identifier", { body: { name: "Ann" } }, 400, "parameter_not_found"],
  [
    "an unknown version",
    { body: {}, headers: { "intercom-version": "9.9" } },
    400,
    "intercom_version_invalid",
  ],
])("%s is refused as documented", async (_case, options, status, code) => {
  const simulator = await start();
  const response = await ask(simulator, "/contacts", options);
  expect([response.status, response.code]).toEqual([status, code]);
  expect(simulator.ledger.entries()).toMatchObject([{ status, errorCode: code, retryable: false }]);
});

test("an Accept header that no response fits gets 406", async () => {
  const simulator = await start();
  const { status, body } = await ask(simulator, "/me", { headers: { accept: "image/png" } });
  expect([status, body]).toEqual([406, undefined]);
  expect(simulator.ledger.entries()).toMatchObject([{ errorCode: "not_acceptable", retryable: false }]);
});

test("a body beyond 8 MB is read, thrown away and refused", async () => {
  const simulator = await start();
  const { status, code } = await ask(simulator, "/contacts", { body: { name: "x".repeat(9_000_000) } });
  expect([status, code]).toEqual([422, "payload_too_large"]);
});

test("a known version is accepted", async () => {
  const simulator = await start();
  expect((await ask(simulator, "/me", { headers: { "intercom-version": "2.16" } })).status).toBe(200);
});
