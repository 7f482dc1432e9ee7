import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import type { AxiosRequestConfig } from "axios";
import { SECRETS } from "../fuzz/secrets.ts";
import { bytes, endless, http, type RawResponse } from "../support/raw-server.ts";

const { token, email, phone, message } = SECRETS;
const MEGABYTE = 2 ** 20;
const errorList = (code: string): string =>
  JSON.stringify({ type: "error.list", request_id: email, errors: [{ code, message }] });

/** One way in which a server misbehaves. */
export interface Attack {
  readonly does: string;
  readonly response: RawResponse;
  /** What the request counter has to say: status, code, retryable. */
  readonly recorded: string;
  readonly config?: () => AxiosRequestConfig;
}

const bomb = (compress: (content: Uint8Array) => Uint8Array): Uint8Array =>
  compress(Buffer.alloc(40 * MEGABYTE));
const manyHeaders = Array.from({ length: 400 }, (_, index) => `X-Filler-${index}: ${index}`);

/** Everything that a server can do to its caller, the secrets in every part that it fills. */
export const ATTACKS: readonly Attack[] = [
  {
    does: "sends headers without end",
    response: endless("HTTP/1.1 200 OK\r\n", `X-More: ${"x".repeat(1000)}\r\n`),
    recorded: "response_too_large false",
  },
  {
    does: "sends a hundred interim responses before its own",
    response: bytes(
      "HTTP/1.1 103 Early Hints\r\n\r\n".repeat(100),
      "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
    ),
    recorded: "200",
  },
  {
    does: "hides the code behind more headers than are looked through",
    response: http("429 Too Many Requests", manyHeaders, errorList("rate_limit_exceeded")),
    recorded: "429 rate_limit_exceeded true",
  },
  {
    does: "sends an error body of 30 MB",
    response: http("500 Oops", [], Buffer.alloc(30 * MEGABYTE, "x")),
    recorded: "500 server_error true",
  },
  {
    does: "sends more than axios was told to take",
    response: http("500 Oops", [], Buffer.alloc(2 * MEGABYTE, "x")),
    config: () => ({ maxContentLength: MEGABYTE }),
    recorded: "response_too_large false",
  },
  {
    does: "sends a compressed bomb within axios's limits",
    response: http("422 No", ["Content-Encoding: gzip"], bomb(gzipSync)),
    recorded: "422 unprocessable_entity false",
  },
  {
    does: "sends a compressed bomb beyond axios's limits",
    response: http("422 No", ["Content-Encoding: br"], bomb(brotliCompressSync)),
    config: () => ({ maxContentLength: MEGABYTE }),
    recorded: "response_too_large false",
  },
  {
    does: "wraps its bomb in a second one, which nobody has asked to be unpacked",
    response: http("422 No", ["Content-Encoding: gzip"], gzipSync(bomb(gzipSync))),
    recorded: "422 unprocessable_entity false",
  },
  {
    does: "sends a deflated bomb and drops the connection in its midst",
    response: bytes(
      "HTTP/1.1 200 OK\r\nContent-Encoding: deflate\r\nContent-Length: 999999\r\n\r\n",
      bomb(deflateSync),
    ),
    recorded: "response_incomplete true",
  },
  {
    does: "says gzip and sends something else",
    response: http("422 No", ["Content-Encoding: gzip"], errorList("not_found")),
    recorded: "response_undecodable true",
  },
  {
    does: "drips its body for longer than the caller waits",
    response: endless("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n", " ", 20),
    config: () => ({ signal: AbortSignal.timeout(300) }),
    recorded: "timeout true",
  },
  {
    does: "drips its headers for longer than the caller waits",
    response: endless("HTTP/1.1 200 OK\r\n", "X-A: b\r\n", 20),
    config: () => ({ timeout: 300 }),
    recorded: "timeout true",
  },
  {
    does: "puts bytes into the body that are not UTF-8",
    response: http(
      "404 No",
      [],
      Buffer.concat([
        Buffer.from(errorList("not_found").slice(0, -1)),
        Buffer.from(',"\xff":"\xc0\xfe"}', "latin1"),
      ]),
    ),
    recorded: "404 not_found false",
  },
  {
    does: "puts control characters into a header",
    response: http("200 OK", ["X-Request-Id: a\u0000b"]),
    recorded: "response_undecodable true",
  },
  {
    does: "splits a header with a lone carriage return",
    response: http("200 OK", [`X-Request-Id: r1\rX-RateLimit-Limit: ${token}`]),
    recorded: "response_undecodable true",
  },
  {
    does: "repeats and falsifies the headers that are read",
    response: http("200 OK", [
      `X-Request-Id: ${email}`,
      `X-Request-Id: ${token}`,
      "X-RateLimit-Limit: -1",
      `X-RateLimit-Remaining: ${phone}`,
      "X-RateLimit-Reset: 1e9999",
      `Date: ${message}`,
    ]),
    recorded: "200",
  },
  {
    does: "puts secrets wherever a code or an id could be",
    response: http("403 No", [`X-Request-Id: ${token}`], errorList(token)),
    recorded: "403 forbidden false",
  },
  {
    does: "responds with a status that nobody knows",
    response: http("999 Odd", []),
    recorded: "9xx other false",
  },
  { does: "says nothing and hangs up", response: bytes(), recorded: "connection_reset true" },
  {
    does: "does not speak HTTP",
    response: bytes("SSH-2.0-OpenSSH_9.6\r\n"),
    recorded: "response_undecodable true",
  },
  {
    does: "breaks its chunked encoding",
    response: bytes("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n"),
    recorded: "response_undecodable true",
  },
  {
    does: "redirects to itself for ever",
    response: http("302 Found", [`Location: /contacts/1?email=${email}`]),
    recorded: "too_many_redirects false",
  },
];
