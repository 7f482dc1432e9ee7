import { createTargetReader, findOperation, parseApiHost } from "@intercom-telemetry/core";
import { ALL_OPERATIONS } from "@intercom-telemetry/core/facts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { redactUrl } from "../../packages/core/src/classify/redact-url.ts";
import { describePath, readTarget } from "../support/describe-path.ts";

const API = "https://api.intercom.io";

function redact(method: string, pathAndQuery: string): string {
  const target = readTarget(API + pathAndQuery);
  if (!target) throw new Error(`expected a path, got ${pathAndQuery}`);
  return redactUrl(target, describePath(method, pathAndQuery).documented);
}

it.each([
  ["an opaque id", "/contacts/5f0c1b2a3d4e5f6071829304", "/contacts/5f0c1b2a3d4e5f6071829304"],
  ["below one", "/contacts/1/tags", "/contacts/1/tags"],
  ["an address as id", "/contacts/jane%40example.com", "/contacts/REDACTED"],
  ["an id too long for one", `/contacts/${"a".repeat(65)}`, "/contacts/REDACTED"],
  ["an external id", "/contacts/find_by_external_id/12345", "/contacts/find_by_external_id/REDACTED"],
  ["an unknown path", "/contacts/1/jane/secrets", "/contacts/REDACTED/REDACTED/REDACTED"],
  ["values of a query", "/contacts?email=a&page=2", "/contacts?email=REDACTED&page=REDACTED"],
  ["a value without a name", "/contacts?jane", "/contacts?REDACTED"],
  ["a value before a field", "/contacts?jane&page=2", "/contacts?REDACTED&page=REDACTED"],
  ["empty fields", "/contacts?&page=2&", "/contacts?REDACTED&page=REDACTED&REDACTED"],
  [
    "twenty fields",
    `/contacts?${"a=1&".repeat(20)}b=2`,
    `/contacts?${"a=REDACTED&".repeat(20).slice(0, -1)}`,
  ],
  ["names that are no words", "/contacts?Jane=1&49151=2&x%40y=3", "/contacts?REDACTED&REDACTED&REDACTED"],
])("%s shows what is not personal, and nothing else", (_, path, shown) => {
  expect(redact("GET", path)).toBe(API + shown);
});

it("the base path of a gateway, which may hold its key, is left out", () => {
  const host = parseApiHost("gateway.example/tok_5f0c1b2a3d4e/intercom");
  if (!host) throw new Error("expected a host");
  const readFrom = createTargetReader([host]);
  // The second time, the reader knows the origin and takes its quick way.
  for (const path of ["/me", "/contacts/5f0c?email=a"]) {
    const target = readFrom(`https://gateway.example/tok_5f0c1b2a3d4e/intercom${path}`);
    if (!target) throw new Error("expected one of the hosts");
    const shown = redactUrl(target, findOperation("GET", target).documented);
    expect(shown).toBe(`https://gateway.example/REDACTED${path.replace("=a", "=REDACTED")}`);
  }
});

it("more fields and segments than a URL of Intercom's has are left out", () => {
  expect(redact("GET", `/contacts?${"a=1&".repeat(5000)}`).length).toBeLessThan(500);
  expect(redact("GET", `/x${"/y".repeat(900)}`).length).toBeLessThan(500);
});

it("each personal parameter of the table is redacted", () => {
  const personal = ALL_OPERATIONS.filter((operation) => operation.personal);
  expect(personal.length).toBeGreaterThan(0);
  for (const { method, template, personal: names } of personal) {
    const path = template.replaceAll(/\{([^}]+)\}/g, (_, name) => (names?.includes(name) ? "s3cr3t" : "id"));
    expect(redact(method, path)).not.toContain("s3cr3t");
  }
});

/** Secrets that can be recognized: whatever form they take in the result, one of their parts is found. */
const email = fc.constantFrom("jane.doe@zq.example", "JANE+zq@zq.example", "jane%zq@zq.example");
const phone = fc.constantFrom("+49 151 zq678", "+49151zq678", "(0151) zq678");
const token = fc.constantFrom("dG9rOjEyMzQzq==", "Zq_tok-1234567890", "secret.zq.token");
const secret = fc.oneof(email, phone, token);
const encoded = fc
  .tuple(
    secret,
    fc.constantFrom(encodeURIComponent, encodeURI, (text: string) => text),
  )
  .map(([text, encode]) => encode(text));
/** Path parameters keep opaque ids, so that only what cannot be one is a secret there. */
const notOpaque = encoded.filter((text) => !/^[\w-]{1,64}$/.test(text));
/** The name of a field may be a lower-case word; a token that is only that cannot be told from one. */
const notWord = encoded.filter((text) => !/^[a-z.]+$/.test(text));
const operation = fc.constantFrom(...ALL_OPERATIONS);

describe("no planted e-mail, phone number or token comes out", () => {
  const expectHidden = (method: string, path: string) => {
    const target = readTarget(API + path);
    if (!target) return;
    const shown = redactUrl(target, describePath(method, path).documented);
    expect(shown.toLowerCase()).not.toContain("zq");
  };

  it("of a query", () => {
    fc.assert(
      fc.property(operation, fc.array(fc.tuple(notWord, encoded)), ({ method, template }, fields) => {
        const query = fields.map(([name, value]) => `${name}=${value}`).join("&");
        expectHidden(method, `${template.replaceAll(/[{}]/g, "")}?${query}`);
      }),
      { numRuns: 300 },
    );
  });

  it("of a path parameter", () => {
    fc.assert(
      fc.property(operation, notOpaque, ({ method, template }, value) => {
        expectHidden(
          method,
          template.replaceAll(/\{[^}]+\}/g, () => value),
        );
      }),
      { numRuns: 300 },
    );
  });

  it("of a path in no table", () => {
    fc.assert(
      fc.property(fc.array(encoded, { minLength: 1, maxLength: 30 }), (segments) => {
        expectHidden("GET", `/nowhere/${segments.join("/")}`);
      }),
      { numRuns: 300 },
    );
  });

  it("of user info and fragment", () => {
    fc.assert(
      fc.property(encoded, encoded, encoded, (user, password, fragment) => {
        const target = readTarget(`https://${user}:${password}@api.intercom.io/me#${fragment}`);
        if (target) expect(redactUrl(target, undefined).toLowerCase()).not.toContain("zq");
      }),
      { numRuns: 200 },
    );
  });
});
