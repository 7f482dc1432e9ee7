import { brotliCompressSync, gzipSync } from "node:zlib";
import { instrumentIntercom } from "@intercom-telemetry/axios";
import axios, { type AxiosInstance, type AxiosRequestConfig } from "axios";
import { Registry } from "prom-client";
import { describe, expect, it } from "vitest";
import { findSecret, SECRETS } from "../fuzz/secrets.ts";
import { bytes, endless, http, type RawAnswer, startRawServer } from "../support/raw-server.ts";
import { readRequests, readTotal } from "../support/series.ts";
import { startTracing } from "../support/tracing.ts";

const { token, email, phone, message } = SECRETS;
const MEGABYTE = 2 ** 20;
const errorList = (code: string): string =>
  JSON.stringify({ type: "error.list", request_id: email, errors: [{ code, message }] });

interface Attack {
  readonly does: string;
  readonly answer: RawAnswer;
  /** What the request counter has to say: status, code, retryable. */
  readonly recorded: string;
  readonly config?: () => AxiosRequestConfig;
}

const bomb = (compress: (content: Uint8Array) => Uint8Array): Uint8Array =>
  compress(Buffer.alloc(40 * MEGABYTE));
const manyHeaders = Array.from({ length: 400 }, (_, index) => `X-Filler-${index}: ${index}`);

const ATTACKS: readonly Attack[] = [
  {
    does: "sends headers without end",
    answer: endless("HTTP/1.1 200 OK\r\n", `X-More: ${"x".repeat(1000)}\r\n`),
    recorded: "response_too_large false",
  },
  {
    does: "sends a hundred interim answers before its own",
    answer: bytes(
      "HTTP/1.1 103 Early Hints\r\n\r\n".repeat(100),
      "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
    ),
    recorded: "200",
  },
  {
    does: "hides the code behind more headers than are looked through",
    answer: http("429 Too Many Requests", manyHeaders, errorList("rate_limit_exceeded")),
    recorded: "429 rate_limit_exceeded true",
  },
  {
    does: "sends an error body of 30 MB",
    answer: http("500 Oops", [], Buffer.alloc(30 * MEGABYTE, "x")),
    recorded: "500 server_error true",
  },
  {
    does: "sends more than axios was told to take",
    answer: http("500 Oops", [], Buffer.alloc(2 * MEGABYTE, "x")),
    config: () => ({ maxContentLength: MEGABYTE }),
    recorded: "response_too_large false",
  },
  {
    does: "sends a compressed bomb within axios's limits",
    answer: http("422 No", ["Content-Encoding: gzip"], bomb(gzipSync)),
    recorded: "422 unprocessable_entity false",
  },
  {
    does: "sends a compressed bomb beyond axios's limits",
    answer: http("422 No", ["Content-Encoding: br"], bomb(brotliCompressSync)),
    config: () => ({ maxContentLength: MEGABYTE }),
    recorded: "response_too_large false",
  },
  {
    does: "says gzip and sends something else",
    answer: http("422 No", ["Content-Encoding: gzip"], errorList("not_found")),
    recorded: "response_undecodable true",
  },
  {
    does: "drips its body for longer than the caller waits",
    answer: endless("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n", " ", 20),
    config: () => ({ signal: AbortSignal.timeout(300) }),
    recorded: "timeout true",
  },
  {
    does: "drips its headers for longer than the caller waits",
    answer: endless("HTTP/1.1 200 OK\r\n", "X-A: b\r\n", 20),
    config: () => ({ timeout: 300 }),
    recorded: "timeout true",
  },
  {
    does: "puts bytes into the body that are not UTF-8",
    answer: http(
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
    answer: http("200 OK", ["X-Request-Id: a\u0000b"]),
    recorded: "response_undecodable true",
  },
  {
    does: "splits a header with a lone carriage return",
    answer: http("200 OK", [`X-Request-Id: r1\rX-RateLimit-Limit: ${token}`]),
    recorded: "response_undecodable true",
  },
  {
    does: "repeats and falsifies the headers that are read",
    answer: http("200 OK", [
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
    answer: http("403 No", [`X-Request-Id: ${token}`], errorList(token)),
    recorded: "403 forbidden false",
  },
  {
    does: "answers with a status that nobody knows",
    answer: http("999 Odd", []),
    recorded: "9xx other false",
  },
  { does: "says nothing and hangs up", answer: bytes(), recorded: "connection_reset true" },
  {
    does: "does not speak HTTP",
    answer: bytes("SSH-2.0-OpenSSH_9.6\r\n"),
    recorded: "response_undecodable true",
  },
  {
    does: "breaks its chunked encoding",
    answer: bytes("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n"),
    recorded: "response_undecodable true",
  },
  {
    does: "redirects to itself for ever",
    answer: http("302 Found", [`Location: /contacts/1?email=${email}`]),
    recorded: "too_many_redirects false",
  },
];

async function settle(api: AxiosInstance, config: Attack["config"]): Promise<string> {
  const url = `/contacts/1?email=${encodeURIComponent(email)}`;
  const headers = { Authorization: `Bearer ${token}` };
  try {
    const { status, data } = await api.request({ url, headers, ...config?.() });
    return `${status} ${String(data).length}`;
  } catch (error) {
    const {
      name,
      message: said,
      code,
      response,
    } = error as Error & { code?: string; response?: { status: number } };
    return `${name} ${said} ${code} ${response?.status}`;
  }
}

describe("a server that", () => {
  it.each(ATTACKS)(
    "$does is recorded as what it is, and the caller notices nothing of us",
    async (attack) => {
      const { answer, recorded, config } = attack;
      const server = await startRawServer();
      const tracing = startTracing();
      const registry = new Registry();
      const [bare, api] = [axios.create({ baseURL: server.url }), axios.create({ baseURL: server.url })];
      instrumentIntercom(api, { registry, hosts: [server.url] });
      server.answerWith(answer);

      expect(await settle(api, config)).toBe(await settle(bare, config));

      expect(await readRequests(registry)).toEqual({ [`GET /contacts/{id} ${recorded}`]: 1 });
      expect(await readTotal(registry, "failures")).toBe(0);
      const [span] = tracing.spans();
      expect(findSecret(JSON.stringify([span?.name, span?.attributes, span?.status]))).toBeUndefined();
      expect(findSecret(await registry.metrics())).toBeUndefined();
    },
  );
});
