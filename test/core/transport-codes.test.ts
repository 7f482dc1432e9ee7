import { classify } from "@intercom-telemetry/core";
import { TRANSPORT_ERRORS } from "@intercom-telemetry/core/facts";
import { expect, it } from "vitest";
import { describePath } from "../support/describe-path.ts";

const route = describePath("GET", "/me");

function judgeFailure(code: string) {
  const facts = { client: "c", method: "get", url: "", attempt: 1, durationSeconds: 0.1 };
  return classify({ ...facts, failure: { code } }, route);
}

it.each([
  ["ETIMEDOUT", "timeout"],
  ["ESOCKETTIMEDOUT", "timeout"],
  ["UND_ERR_CONNECT_TIMEOUT", "timeout"],
  ["UND_ERR_HEADERS_TIMEOUT", "timeout"],
  ["ECONNREFUSED", "connection_refused"],
  ["ECONNRESET", "connection_reset"],
  ["EPIPE", "connection_reset"],
  ["UND_ERR_SOCKET", "connection_reset"],
  ["EHOSTUNREACH", "host_unreachable"],
  ["ENETUNREACH", "host_unreachable"],
  ["ENOTFOUND", "dns"],
  ["EAI_AGAIN", "dns"],
  ["EPROTO", "tls"],
  ["CERT_HAS_EXPIRED", "tls"],
  ["ERR_TLS_CERT_ALTNAME_INVALID", "tls"],
  ["ERR_SSL_WRONG_VERSION_NUMBER", "tls"],
  ["DEPTH_ZERO_SELF_SIGNED_CERT", "tls"],
  ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", "tls"],
  ["Z_DATA_ERROR", "response_undecodable"],
  ["ERR_BROTLI_DECODER_ERROR_FORMAT_PADDING_1", "response_undecodable"],
  ["HPE_INVALID_CONSTANT", "response_undecodable"],
  ["HPE_HEADER_OVERFLOW", "response_too_large"],
  ["ERR_INVALID_CHAR", "invalid_request"],
  ["ERR_INVALID_HTTP_TOKEN", "invalid_request"],
  ["ERR_HTTP_INVALID_HEADER_VALUE", "invalid_request"],
  ["ERR_UNESCAPED_CHARACTERS", "invalid_request"],
  ["ERR_INVALID_URL", "invalid_request"],
  ["ERR_SOCKET_BAD_PORT", "invalid_request"],
])("32: %s is %s", (code, expected) => {
  expect(judgeFailure(code)).toMatchObject({
    status: undefined,
    error: { code: expected, category: "transport" },
  });
});

it.each(TRANSPORT_ERRORS.map((entry) => [entry.code, entry] as const))(
  "%s is itself, and judged as described",
  (code, { category, retryable, retryMode }) => {
    expect(judgeFailure(code).error).toEqual({
      code,
      rawCode: code,
      category,
      retryable,
      retryMode,
      entries: 0,
    });
  },
);

it.each([
  "",
  "EWHATEVER",
  "__proto__",
  "constructor",
  "not_found",
  "x".repeat(5000),
  "Error: jane@example.com",
])('32: "%s" is a network error without a name here', (code) => {
  expect(judgeFailure(code).error).toMatchObject({ code: "network_error", rawCode: "network_error" });
});

it("a request without an answer and without a reason is a network error", () => {
  const outcome = classify({ client: "c", method: "get", url: "", attempt: 1, durationSeconds: 0 }, route);
  expect(outcome.error).toMatchObject({ code: "network_error" });
});

it("only a cancellation is one", () => {
  const canceled = TRANSPORT_ERRORS.filter(({ code }) => judgeFailure(code).canceled).map(({ code }) => code);
  expect(canceled).toEqual(["canceled"]);
});
