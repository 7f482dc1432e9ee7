import { describe, expect, it } from "vitest";
import { toBodyFailureCode, toFailureCode } from "../../packages/core/src/classify/failure-code.ts";
import { toTransportCode } from "../../packages/core/src/classify/transport-code.ts";

/** An error as a transport throws it. */
const failed = (fields: object, message = ""): Error => Object.assign(new Error(message), fields);

describe("a code of Node's has one meaning", () => {
  it.each([
    ["timeout", ["UND_ERR_BODY_TIMEOUT", "ERR_SOCKET_CONNECTION_TIMEOUT"]],
    ["connection_reset", ["ECONNABORTED", "UND_ERR_DESTROYED", "UND_ERR_CLOSED"]],
    ["connection_reset", ["ERR_SOCKET_CLOSED", "ERR_STREAM_DESTROYED", "ERR_HTTP2_ANYTHING"]],
    ["host_unreachable", ["ENETDOWN", "EHOSTDOWN", "EADDRNOTAVAIL"]],
    ["dns", ["EAI_FAIL", "EAI_NODATA"]],
    ["tls", ["UNABLE_TO_GET_ISSUER_CERT", "UNABLE_TO_GET_ISSUER_CERT_LOCALLY", "SELF_SIGNED_CERT_IN_CHAIN"]],
    ["tls", ["HOSTNAME_MISMATCH", "INVALID_PURPOSE"]],
    ["response_incomplete", ["UND_ERR_RES_CONTENT_LENGTH_MISMATCH", "ERR_STREAM_PREMATURE_CLOSE"]],
    ["canceled", ["UND_ERR_ABORTED"]],
    ["invalid_request", ["UND_ERR_REQ_CONTENT_LENGTH_MISMATCH", "ERR_ASSERTION", "ERR_OUT_OF_RANGE"]],
    ["invalid_request", ["ENOTDIR", "EACCES", "ELOOP", "EBADF"]],
    ["invalid_request", ["ERR_HTTP2_HEADERS_SENT", "UND_ERR_INVALID_ARG"]],
    ["response_undecodable", ["ERR_ZSTD_ANYTHING", "ZSTD_anything", "ERR_BROTLI_ANYTHING"]],
    ["network_error", ["", "EANYTHING", "toString"]],
  ])("%s", (expected, codes) => {
    for (const code of codes) expect(toTransportCode(code)).toBe(expected);
  });
});

describe("a code of a library has one meaning", () => {
  it.each([
    ["ECONNABORTED", "timeout"],
    ["ERR_REQUEST_ABORTED", "response_incomplete"],
    ["ERR_FR_TOO_MANY_REDIRECTS", "too_many_redirects"],
    ["ERR_FR_MAX_BODY_LENGTH_EXCEEDED", "request_too_large"],
    ["ERR_INVALID_URL", "invalid_request"],
    ["ERR_BAD_OPTION", "invalid_request"],
    ["ERR_BAD_OPTION_VALUE", "invalid_request"],
    ["ERR_NOT_SUPPORT", "invalid_request"],
    ["ConnectionRefused", "connection_refused"],
    ["FailedToOpenSocket", "connection_refused"],
    ["ConnectionClosed", "connection_reset"],
    ["TooManyRedirects", "too_many_redirects"],
    ["UnexpectedRedirect", "too_many_redirects"],
    ["Timeout", "timeout"],
    ["ZlibError", "response_undecodable"],
    ["toString", "toString"],
  ])("%s is %s", (code, expected) => {
    expect(toFailureCode(failed({ code }))).toBe(expected);
  });
});

describe("a wording tells failures apart that have one code, or none", () => {
  it.each([
    ["ERR_BAD_RESPONSE", "maxContentLength size of 10 exceeded", "response_too_large"],
    ["ERR_BAD_RESPONSE", "maxContentLength size of -1 exceeded", "response_incomplete"],
    ["ERR_BAD_RESPONSE", "the maxContentLength size of 10 exceeded", "response_incomplete"],
    ["ERR_BAD_RESPONSE", "stream has been aborted", "response_incomplete"],
    ["ERR_BAD_REQUEST", "Request body larger than maxBodyLength limit", "request_too_large"],
    ["ERR_BAD_REQUEST", "anything else", "invalid_request"],
    [undefined, "redirect count exceeded", "too_many_redirects"],
    [undefined, "unexpected redirect", "too_many_redirects"],
    [undefined, "maximum redirect reached at: x", "too_many_redirects"],
    [undefined, "Fetch failed: Maximum number of redirects (20) reached", "too_many_redirects"],
    [undefined, "Fetch failed: Encountered redirect while redirect mode is set", "too_many_redirects"],
    [undefined, "bad port", "invalid_request"],
    [undefined, "error sending request for url (x): Connection refused (os error 111)", "connection_refused"],
    [undefined, "error sending request for url (x): dns error: failed", "dns"],
    [undefined, "error sending request for url (x): invalid peer certificate", "tls"],
    [undefined, "error sending request for url (x): received corrupt message", "tls"],
    [undefined, "error sending request for url (x): TLS alert", "tls"],
    [undefined, "error sending request for url (x): tls alert", "tls"],
    [undefined, "read: Connection reset by peer (os error 104)", "connection_reset"],
    [undefined, "write: Broken pipe (os error 32)", "connection_reset"],
    [undefined, "connect: No route to host (os error 113)", "host_unreachable"],
    [undefined, "connect: Network is unreachable (os error 101)", "host_unreachable"],
    [undefined, "Invalid gzip header", "response_undecodable"],
    [undefined, "corrupt deflate stream", "response_undecodable"],
    [undefined, "maxContentLength size of 10 exceeded", "response_too_large"],
  ])("%s %j is %s", (code, message, expected) => {
    expect(toFailureCode(failed(code === undefined ? {} : { code }, message))).toBe(expected);
  });

  it.each([
    "a redirect count exceeded",
    "redirect count exceeded again",
    "an unexpected redirect",
    "unexpected redirects",
    "the maximum redirect reached",
    "a Fetch failed: Encountered redirect",
    "bad ports",
    "a bad port",
    "an error sending request for url (x): Connection refused",
    "an error sending request for url (x): dns error",
    "an error sending request for url (x): TLS",
    "Connection reset by peer (os error x)",
    "Connection reset by peer (os error 104) again",
    "No route to host (os error )",
    "No route to host (os error 113).",
    "an Invalid gzip header",
    "the maxContentLength",
    `bad port${" ".repeat(1000)}`,
    `maxContentLength${" ".repeat(985)}`,
  ])("but %j says nothing", (message) => {
    expect(toFailureCode(failed({}, message))).toBe("invalid_request");
  });

  it("up to a thousand characters", () => {
    expect(toFailureCode(failed({}, `maxContentLength${" ".repeat(984)}`))).toBe("response_too_large");
  });
});

describe("a request that the caller ended", () => {
  it.each([
    ["a timer of the platform's", failed({ name: "TimeoutError" }), undefined, "timeout"],
    ["the official SDK's timer", "timeout", undefined, "timeout"],
    ["a CancelToken", { __CANCEL__: true }, undefined, "canceled"],
    ["axios", failed({ code: "ERR_CANCELED" }), undefined, "canceled"],
    ["a signal", failed({ name: "AbortError" }), undefined, "canceled"],
    ["a signal with a reason of its own", failed({}, "x"), { aborted: true, reason: "x" }, "canceled"],
    ["a signal that timed out", failed({}), { aborted: true, reason: "timeout" }, "timeout"],
    [
      "a signal with a timer",
      failed({}),
      { aborted: true, reason: failed({ name: "TimeoutError" }) },
      "timeout",
    ],
    ["axios, by a timer", failed({ code: "ERR_CANCELED" }), { reason: "timeout" }, "timeout"],
    ["no signal that is still open", failed({ code: "ECONNRESET" }), { aborted: false }, "ECONNRESET"],
    ["a signal that is none", failed({ code: "ECONNRESET" }), "aborted", "ECONNRESET"],
    [
      "something that only looks canceled",
      failed({ __CANCEL__: 1, code: "ECONNRESET" }),
      undefined,
      "ECONNRESET",
    ],
  ])("by %s", (_what, error, signal, expected) => {
    expect(toFailureCode(error, signal)).toBe(expected);
    expect(toBodyFailureCode(error, signal)).toBe(
      expected === "ECONNRESET" ? "response_incomplete" : expected,
    );
  });
});

describe("the code of a failure lies", () => {
  it("on its cause, or on the first of several errors", () => {
    const cause = failed({ code: "ENOTFOUND" });
    expect(toFailureCode(failed({ cause }, "fetch failed"))).toBe("ENOTFOUND");
    expect(toFailureCode(failed({ code: "ERR_NETWORK", cause }))).toBe("ENOTFOUND");
    expect(toFailureCode(failed({ errors: [cause, failed({ code: "EPIPE" })] }))).toBe("ENOTFOUND");
    expect(toFailureCode(failed({ cause, errors: [failed({ code: "EPIPE" })] }))).toBe("ENOTFOUND");
    expect(toFailureCode(failed({ errors: "none" }, "fetch failed"))).toBe("network_error");
    expect(toFailureCode(failed({ code: "EPIPE", cause }))).toBe("EPIPE");
    expect(toFailureCode(failed({ code: 7, cause }))).toBe("ENOTFOUND");
    expect(toFailureCode(failed({ cause: failed({ name: "TimeoutError" }) }))).toBe("timeout");
  });

  it("no more than four causes deep", () => {
    const nested = (depth: number): Error =>
      depth === 0 ? failed({ code: "ENOTFOUND" }) : failed({ cause: nested(depth - 1) }, "fetch failed");
    const own = failed({}, "terminated");
    own.cause = own;
    expect(toFailureCode(own)).toBe("response_incomplete");
    expect([nested(4), nested(5)].map((error) => toFailureCode(error))).toEqual([
      "ENOTFOUND",
      "network_error",
    ]);
  });

  it("in a socket file that is not there, and not in a file that was to be uploaded", () => {
    expect(toFailureCode(failed({ code: "ENOENT", syscall: "connect" }))).toBe("connection_refused");
    expect(toFailureCode(failed({ code: "ENOENT", syscall: "open" }))).toBe("ENOENT");
    expect(toFailureCode(failed({ code: "EACCES", syscall: "connect" }))).toBe("EACCES");
  });
});

describe("an error without a code", () => {
  it.each([
    "Network Error",
    "fetch failed",
    "Failed to fetch",
    "Load failed",
    "Network connection lost.",
    "internal error; reference = x",
    "error sending request for url (x)",
  ])("is one of the network when it says %j", (message) => {
    expect(toFailureCode(failed({}, message))).toBe("network_error");
    expect(toFailureCode(failed({}, `a ${message}`))).toBe("invalid_request");
  });

  it("was else thrown by the program, also by its hook for redirects", () => {
    expect(toFailureCode(new TypeError("x is not a function"))).toBe("invalid_request");
    const hook = (cause: unknown) =>
      failed({ code: "ERR_FR_REDIRECTION_FAILURE", cause }, "Redirected request failed");
    expect(toFailureCode(hook(new TypeError("x")))).toBe("invalid_request");
    for (const cause of [undefined, failed({ __CANCEL__: true })]) {
      expect(toFailureCode(hook(cause))).toBe("network_error");
    }
    expect(toFailureCode(hook(failed({ code: "ENOTFOUND" })))).toBe("ENOTFOUND");
    expect(toFailureCode(failed({ code: "ERR_NETWORK" }))).toBe("network_error");
  });

  it.each([undefined, null, 1, "broken", {}, { message: "x" }])(
    "of another kind is one of the network: %j",
    (error) => {
      expect(toFailureCode(error)).toBe("network_error");
    },
  );
});

describe("a body that broke off", () => {
  it.each([
    [failed({}, "anything"), "response_incomplete"],
    [failed({ code: "UND_ERR_SOCKET" }), "response_incomplete"],
    [failed({ code: "ECONNRESET" }), "response_incomplete"],
    [failed({ code: "ConnectionClosed" }), "response_incomplete"],
    [failed({ code: "Z_DATA_ERROR" }), "Z_DATA_ERROR"],
    [failed({ code: "UND_ERR_BODY_TIMEOUT" }), "UND_ERR_BODY_TIMEOUT"],
  ])("with %o is %s", (error, expected) => {
    expect(toBodyFailureCode(error)).toBe(expected);
    for (const message of ["terminated", "aborted"]) {
      expect(toFailureCode(failed({ cause: error }, message))).toBe(expected);
    }
  });

  it("without a cause is incomplete", () => {
    expect(toFailureCode(failed({}, "terminated"))).toBe("response_incomplete");
    expect(toFailureCode(failed({ code: "EPIPE" }, "aborted"))).toBe("response_incomplete");
  });
});
