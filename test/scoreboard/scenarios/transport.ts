import type { FaultAction } from "@intercom-telemetry/simulator";
import type { AxiosRequestConfig } from "axios";
import type { RecordedRequest } from "../book.ts";
import type { Facet } from "../facets.ts";
import type { Scenario } from "../scenario.ts";

const BASICS: readonly Facet[] = ["requests", "failed", "code"];
type Views = NonNullable<Scenario["views"]>;

const SHORT_MILLISECONDS = 400;
/** A time limit within which the headers arrive, however busy the machine is. */
const AFTER_THE_HEADERS_MILLISECONDS = 3000;

/** One GET that ends so. */
function broken(
  name: string,
  action: FaultAction | undefined,
  more: AxiosRequestConfig | (() => AxiosRequestConfig) = {},
): Scenario {
  return {
    name,
    asks: BASICS,
    ...(action ? { simulator: { script: { rules: [{ action }] } } } : {}),
    run: ({ api, call }) => call(() => api.get("/me", typeof more === "function" ? more() : more)),
  };
}

const failure = (code: string, retryable: boolean): RecordedRequest => ({ failed: true, code, retryable });

/** Fails before anything is on the wire: one failed request, or none at all. */
const unsent =
  (code: string): Views =>
  () => [[failure(code, false)], []];

const WIRE: readonly Scenario[] = [
  broken("The connection is reset", { kind: "reset" }),
  broken("The body is cut off", { kind: "cut_body" }),
  {
    ...broken("The body cannot be decompressed", { kind: "corrupt_gzip" }),
    beyond: { "instrumentation-http": "axios decompresses, above Node's HTTP module" },
  },
];

/** The caller's time limit ends the request, whether it has reached the server or not. */
const timedOut = (name: string, more: AxiosRequestConfig | (() => AxiosRequestConfig)): Scenario => ({
  ...broken(name, { kind: "hang" }, more),
  views: () => [[failure("timeout", true)]],
});

const TIMEOUTS: readonly Scenario[] = [
  timedOut("No response within the timeout", { timeout: SHORT_MILLISECONDS }),
  timedOut("The same with clarifyTimeoutError", {
    timeout: SHORT_MILLISECONDS,
    transitional: { clarifyTimeoutError: true },
  }),
  timedOut("AbortSignal.timeout ends the request", () => ({
    signal: AbortSignal.timeout(SHORT_MILLISECONDS),
  })),
  {
    ...broken(
      "The body stalls after the headers, within the timeout",
      { kind: "stalled_body" },
      { timeout: AFTER_THE_HEADERS_MILLISECONDS },
    ),
    views: () => [[failure("timeout", true)]],
  },
];

const canceled = (
  name: string,
  more: (stage: Parameters<Scenario["run"]>[0]) => AxiosRequestConfig,
): Scenario => ({
  name,
  asks: ["requests", "code"],
  simulator: { script: { rules: [{ action: { kind: "hang" } }] } },
  run: (stage) => stage.call(() => stage.api.get("/me", more(stage))),
  views: () => [[{ failed: false, code: "canceled", retryable: false }]],
});

const CANCELED: readonly Scenario[] = [
  canceled("The caller aborts a request on its way", () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), SHORT_MILLISECONDS);
    return { signal: controller.signal };
  }),
  canceled("The caller uses a CancelToken", ({ axios }) => {
    const { token, cancel } = axios.CancelToken.source();
    setTimeout(() => cancel("enough"), SHORT_MILLISECONDS);
    return { cancelToken: token };
  }),
  {
    name: "The signal is aborted before the call",
    asks: ["requests"],
    run: ({ api, call }) => call(() => api.get("/me", { signal: AbortSignal.abort() })),
    views: () => [[], [{ failed: true }]],
  },
];

/** The ledger has no entry: it never reached the server. */
const neverArrived =
  (code: string, retryable: boolean): Views =>
  () => [[failure(code, retryable)]];

const failLookup = (_host: string, _options: object, done: (error: Error) => void): void =>
  done(Object.assign(new Error("getaddrinfo ENOTFOUND"), { code: "ENOTFOUND" }));

/** A transport of the user's that fails as HTTP/2, brotli or undici do. */
const failingWith =
  (code: string): NonNullable<Scenario["before"]> =>
  ({ axios, api }) => {
    api.defaults.adapter = (config) => Promise.reject(new axios.AxiosError(code, code, config));
  };

const NO_HTTP = "nothing goes through Node's HTTP module";

const OTHER_TRANSPORTS: readonly Scenario[] = (
  [
    ["HTTP/2 resets the stream", "ERR_HTTP2_STREAM_ERROR", "connection_reset", true],
    ["HTTP/2 ends the session", "ERR_HTTP2_SESSION_ERROR", "connection_reset", true],
    ["Brotli cannot be decoded", "ERR__ERROR_FORMAT_PADDING_2", "response_undecodable", true],
    [
      "The headers of the response are too large for undici",
      "UND_ERR_HEADERS_OVERFLOW",
      "response_too_large",
      false,
    ],
  ] as const
).map(([name, code, expected, retryable]) => ({
  ...broken(name, undefined),
  before: failingWith(code),
  views: () => [[failure(expected, retryable)]],
  beyond: { "instrumentation-http": NO_HTTP },
}));

const UNREACHABLE: readonly Scenario[] = [
  {
    ...broken("The connection is refused", undefined),
    gone: true,
    views: neverArrived("connection_refused", true),
  },
  {
    ...broken("The name of the host cannot be resolved", undefined, { lookup: failLookup as never }),
    simulator: { host: "localhost" },
    views: neverArrived("dns", true),
  },
  {
    ...broken("The certificate is not trusted", undefined),
    untrusted: true,
    views: neverArrived("tls", false),
  },
];

const BY_LIMIT: readonly Scenario[] = [
  {
    ...broken(
      "The response is larger than maxContentLength",
      { kind: "oversized", status: 500 },
      { maxContentLength: 1000 },
    ),
    views: () => [[failure("response_too_large", false)]],
  },
  {
    ...broken("The request is larger than maxBodyLength", undefined),
    run: ({ api, call }) =>
      call(() => api.post("/contacts", { name: "x".repeat(2000) }, { maxBodyLength: 1000 })),
    views: unsent("request_too_large"),
  },
  {
    ...broken("A header holds a forbidden character", undefined),
    run: ({ api, call }) => call(() => api.get("/me", { headers: { "bad name": "x" } })),
    views: unsent("invalid_request"),
  },
  {
    name: "The URL is invalid",
    asks: ["requests"],
    run: ({ api, call }) => call(() => api.get("/me", { baseURL: "http://[" })),
    views: () => [[], [{ failed: true }]],
  },
];

/** Requests that end without a whole response. */
export const TRANSPORT_SCENARIOS: readonly Scenario[] = [
  ...WIRE,
  ...TIMEOUTS,
  ...CANCELED,
  ...OTHER_TRANSPORTS,
  ...UNREACHABLE,
  ...BY_LIMIT,
];
