import type { TransportCode } from "../facts/index.ts";
import { isTransportCode } from "../facts/index.ts";

/** Node's and undici's error codes. Source: https://nodejs.org/api/errors.html and undici's `lib/core/errors.js`. */
const NODE_CODES: Readonly<Partial<Record<TransportCode, string>>> = {
  timeout:
    "ETIMEDOUT ESOCKETTIMEDOUT UND_ERR_CONNECT_TIMEOUT UND_ERR_HEADERS_TIMEOUT UND_ERR_BODY_TIMEOUT " +
    "ERR_SOCKET_CONNECTION_TIMEOUT",
  connection_refused: "ECONNREFUSED",
  connection_reset:
    "ECONNRESET EPIPE ECONNABORTED UND_ERR_SOCKET UND_ERR_DESTROYED UND_ERR_CLOSED ERR_SOCKET_CLOSED " +
    "ERR_STREAM_DESTROYED",
  host_unreachable: "EHOSTUNREACH ENETUNREACH ENETDOWN EHOSTDOWN EADDRNOTAVAIL",
  dns: "ENOTFOUND EAI_AGAIN EAI_FAIL EAI_NODATA",
  tls:
    "EPROTO UNABLE_TO_VERIFY_LEAF_SIGNATURE UNABLE_TO_GET_ISSUER_CERT UNABLE_TO_GET_ISSUER_CERT_LOCALLY " +
    "DEPTH_ZERO_SELF_SIGNED_CERT SELF_SIGNED_CERT_IN_CHAIN HOSTNAME_MISMATCH INVALID_PURPOSE",
  // The last six: the request's body could not be read, a file or a folder in its place.
  invalid_request:
    "ERR_UNESCAPED_CHARACTERS ERR_SOCKET_BAD_PORT UND_ERR_REQ_CONTENT_LENGTH_MISMATCH ERR_ASSERTION " +
    "ERR_OUT_OF_RANGE ENOENT EISDIR ENOTDIR EACCES ELOOP EBADF",
  response_too_large: "HPE_HEADER_OVERFLOW UND_ERR_HEADERS_OVERFLOW UND_ERR_RES_EXCEEDED_MAX_SIZE",
  response_incomplete: "UND_ERR_RES_CONTENT_LENGTH_MISMATCH ERR_STREAM_PREMATURE_CLOSE",
  canceled: "UND_ERR_ABORTED",
};

/** Codes of one family mean the same; the first pattern that fits counts. */
const FAMILIES: readonly (readonly [prefix: RegExp, code: TransportCode])[] = [
  [/^(?:ERR_TLS_|ERR_SSL_|CERT_)/, "tls"],
  // zlib, brotli (whose codes Node names `ERR__ERROR_FORMAT_...` and `ERR_BROTLI_...`) and zstd.
  [/^(?:HPE_|Z_|ERR__ERROR_|ERR_BROTLI|ERR_ZSTD|ZSTD_)/, "response_undecodable"],
  [/^(?:ERR_HTTP2_INVALID_|ERR_HTTP2_HEADER|ERR_HTTP_|ERR_INVALID_|UND_ERR_INVALID_)/, "invalid_request"],
  [/^ERR_HTTP2_/, "connection_reset"],
];

const byNodeCode: ReadonlyMap<string, string> = new Map(
  Object.entries(NODE_CODES).flatMap(([kind, codes]) => codes.split(" ").map((code) => [code, kind])),
);

/** The transport code for what a transport reported, always one of the closed set. */
export function toTransportCode(code: string): TransportCode {
  const known = byNodeCode.get(code) ?? code;
  if (isTransportCode(known)) return known;
  return FAMILIES.find(([prefix]) => prefix.test(code))?.[1] ?? "network_error";
}
