import { classify } from "@intercom-telemetry/core";
import { TRANSPORT_ERRORS } from "@intercom-telemetry/core/facts";
import { toFailureCode } from "@intercom-telemetry/core/record";
import { expect, it } from "vitest";
import { describePath } from "../support/describe-path.ts";

const operation = describePath("GET", "/me");

/** Codes that the caller's side has made. */
const CLIENT = new Set(["invalid_request", "request_too_large", "response_too_large", "too_many_redirects"]);

function classifyFailure(code: string) {
  return classify({ failureCode: code }, operation);
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
  ["ERR_HTTP2_STREAM_ERROR", "connection_reset"],
  ["ERR_HTTP2_SESSION_ERROR", "connection_reset"],
  ["ERR_HTTP2_GOAWAY_SESSION", "connection_reset"],
  ["ERR_HTTP2_INVALID_HEADER_VALUE", "invalid_request"],
  ["ERR__ERROR_FORMAT_PADDING_2", "response_undecodable"],
  ["ERR__ERROR_FORMAT_HUFFMAN_SPACE", "response_undecodable"],
  ["ZSTD_error_corruption_detected", "response_undecodable"],
  ["UND_ERR_HEADERS_OVERFLOW", "response_too_large"],
  ["UND_ERR_RES_EXCEEDED_MAX_SIZE", "response_too_large"],
  ["ENOENT", "invalid_request"],
  ["EISDIR", "invalid_request"],
  ["UND_ERR_BODY_TIMEOUT", "timeout"],
  ["ECONNABORTED", "connection_reset"],
  ["ENETDOWN", "host_unreachable"],
  ["EHOSTDOWN", "host_unreachable"],
  ["EADDRNOTAVAIL", "host_unreachable"],
  ["EAI_FAIL", "dns"],
  ["EAI_NODATA", "dns"],
  ["UNABLE_TO_GET_ISSUER_CERT", "tls"],
  ["UNABLE_TO_GET_ISSUER_CERT_LOCALLY", "tls"],
  ["SELF_SIGNED_CERT_IN_CHAIN", "tls"],
  ["HOSTNAME_MISMATCH", "tls"],
  ["INVALID_PURPOSE", "tls"],
  ["CERT_NOT_YET_VALID", "tls"],
  ["Z_BUF_ERROR", "response_undecodable"],
  ["Z_STREAM_ERROR", "response_undecodable"],
  ["ERR__ERROR_FORMAT_PADDING_1", "response_undecodable"],
  ["ERR_BROTLI_DECODER_ERROR_UNREACHABLE", "response_undecodable"],
  ["ERR_INVALID_PROTOCOL", "invalid_request"],
  ["MY_ERR_INVALID_URL", "network_error"],
  ["MY_ERR_HTTP2_ERROR", "network_error"],
])("%s is %s", (code, expected) => {
  expect(classifyFailure(code)).toMatchObject({
    status: undefined,
    error: { code: expected, category: CLIENT.has(expected) ? "client" : "transport" },
  });
});

it.each(TRANSPORT_ERRORS.map((entry) => [entry.code, entry] as const))(
  "%s is itself, and classified as described",
  (code, { category, retryable, retryMode }) => {
    expect(classifyFailure(code).error).toEqual({
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
  "toString",
  "not_found",
  "STREAM_Z_",
  "XERR_TLS_",
  "NOT_CERT_",
  "NOT_HPE_",
  "x".repeat(5000),
  "Error: jane@example.com",
])('"%s" is a network error without a name here', (code) => {
  expect(classifyFailure(code).error).toMatchObject({ code: "network_error", rawCode: "network_error" });
});

it("a response with a number that is not an HTTP status is a network error", () => {
  for (const status of [0, 99, 1000, 200.5, Number.NaN]) {
    expect(classify({ status }, operation)).toMatchObject({
      status: undefined,
      error: { code: "network_error" },
    });
  }
});

it("only a cancellation is one", () => {
  const canceled = TRANSPORT_ERRORS.filter(({ code }) => classifyFailure(code).canceled).map(
    ({ code }) => code,
  );
  expect(canceled).toEqual(["canceled"]);
});

it.each<[string, unknown, string]>([
  [
    "axios 0.27 leaves its configuration in place of the code",
    Object.assign(new Error("mine"), { code: {} }),
    "invalid_request",
  ],
  ["fetch", new TypeError("fetch failed", { cause: new Error("mine") }), "invalid_request"],
  [
    "axios's fetch adapter",
    Object.assign(new Error("Network Error", { cause: new Error("mine") }), { code: "ERR_NETWORK" }),
    "invalid_request",
  ],
  ["fetch says no cause", new TypeError("fetch failed"), "network_error"],
  ["a browser says no cause", new TypeError("Failed to fetch"), "network_error"],
  ["axios in a browser", Object.assign(new Error("Network Error"), { code: "ERR_NETWORK" }), "network_error"],
  ["an engine's name for it", new DOMException("A network error occurred.", "NetworkError"), "network_error"],
])("a body whose stream breaks is told from a broken network: %s", (_, error, expected) => {
  expect(classifyFailure(toFailureCode(error)).error?.code).toBe(expected);
});
