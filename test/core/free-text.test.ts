import {
  classify,
  createTargetReader,
  DEFAULT_API_HOSTS,
  findOperation,
  parseApiHost,
  UNKNOWN_OPERATION,
} from "@intercom-telemetry/core";
import { describe, expect, it } from "vitest";
import { redactUrl } from "../../packages/core/src/classify/redact-url.ts";

const readTarget = createTargetReader(DEFAULT_API_HOSTS);

function redact(pathAndQuery: string): string {
  const target = readTarget(`https://api.intercom.io${pathAndQuery}`);
  if (!target) throw new Error("expected one of Intercom's URLs");
  return redactUrl(target, findOperation("GET", target).documented);
}

function dateOf(date: string): number | undefined {
  const headers: Readonly<Record<string, string>> = { "x-ratelimit-limit": "10", date };
  return classify({ status: 200, headers: (name) => headers[name] }, UNKNOWN_OPERATION).serverEpochSeconds;
}

describe("free text that a server or a URL can carry", () => {
  it("does not reach the outcome through the Date header", () => {
    expect(dateOf("Tue, 24 Nov 2026 20:40:07 GMT")).toBe(1_795_552_807);
    expect(dateOf("jane@customer.example")).toBeUndefined();
    expect(dateOf("Tue, 24 Nov 2026 20:40:07 GMT jane@customer.example")).toBeUndefined();
    expect(dateOf("see Tue, 24 Nov 2026 20:40:07 GMT")).toBeUndefined();
  });

  it.each([
    ["a token where a name should be", "/contacts?dG9rOjNmNWI5ZTdh=", "/contacts?REDACTED"],
    ["a phone number where a name should be", "/contacts?353871234567=x", "/contacts?REDACTED"],
    ["a field without an equals sign", "/contacts?jane&per_page=5", "/contacts?REDACTED&per_page=REDACTED"],
    ["an empty field", "/contacts?&page=1", "/contacts?REDACTED&page=REDACTED"],
    ["a name in brackets", "/contacts?query[field]=x", "/contacts?query[field]=REDACTED"],
  ])("is left out of the recorded query: %s", (_, given, recorded) => {
    expect(redact(given)).toBe(`https://api.intercom.io${recorded}`);
  });

  it("cannot be configured as a host: user info, query and fragment are refused", () => {
    for (const text of [
      "user@proxy",
      "https://:secret@proxy",
      "https://u:p@proxy/x",
      "proxy?a=1",
      "proxy#a",
    ]) {
      expect(parseApiHost(text), text).toBeUndefined();
    }
  });
});
