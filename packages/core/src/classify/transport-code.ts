import type { TransportCode } from "../facts/index.ts";
import { isTransportCode } from "../facts/index.ts";

/** Node's and undici's error codes. Source: https://nodejs.org/api/errors.html and undici's `lib/core/errors.js`. */
const BY_NODE_CODE: Readonly<Record<string, TransportCode>> = {
  ETIMEDOUT: "timeout",
  ESOCKETTIMEDOUT: "timeout",
  UND_ERR_CONNECT_TIMEOUT: "timeout",
  UND_ERR_HEADERS_TIMEOUT: "timeout",
  UND_ERR_BODY_TIMEOUT: "timeout",
  ECONNREFUSED: "connection_refused",
  ECONNRESET: "connection_reset",
  EPIPE: "connection_reset",
  ECONNABORTED: "connection_reset",
  UND_ERR_SOCKET: "connection_reset",
  EHOSTUNREACH: "host_unreachable",
  ENETUNREACH: "host_unreachable",
  ENETDOWN: "host_unreachable",
  EHOSTDOWN: "host_unreachable",
  EADDRNOTAVAIL: "host_unreachable",
  ENOTFOUND: "dns",
  EAI_AGAIN: "dns",
  EAI_FAIL: "dns",
  EAI_NODATA: "dns",
  EPROTO: "tls",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "tls",
  UNABLE_TO_GET_ISSUER_CERT: "tls",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "tls",
  DEPTH_ZERO_SELF_SIGNED_CERT: "tls",
  SELF_SIGNED_CERT_IN_CHAIN: "tls",
  HOSTNAME_MISMATCH: "tls",
  INVALID_PURPOSE: "tls",
  ERR_UNESCAPED_CHARACTERS: "invalid_request",
  ERR_SOCKET_BAD_PORT: "invalid_request",
  HPE_HEADER_OVERFLOW: "response_too_large",
  UND_ERR_HEADERS_OVERFLOW: "response_too_large",
  UND_ERR_RES_EXCEEDED_MAX_SIZE: "response_too_large",
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: "response_incomplete",
  UND_ERR_REQ_CONTENT_LENGTH_MISMATCH: "invalid_request",
  UND_ERR_ABORTED: "canceled",
  UND_ERR_DESTROYED: "connection_reset",
  UND_ERR_CLOSED: "connection_reset",
  ERR_STREAM_PREMATURE_CLOSE: "response_incomplete",
  ERR_SOCKET_CLOSED: "connection_reset",
  ERR_SOCKET_CONNECTION_TIMEOUT: "timeout",
  ERR_STREAM_DESTROYED: "connection_reset",
  ERR_ASSERTION: "invalid_request",
  ERR_OUT_OF_RANGE: "invalid_request",
  // The request's body could not be read: a file, or a folder in its place.
  ENOENT: "invalid_request",
  EISDIR: "invalid_request",
  ENOTDIR: "invalid_request",
  EACCES: "invalid_request",
  ELOOP: "invalid_request",
  EBADF: "invalid_request",
};

/** Codes of one family mean the same; the first that fits counts. */
const BY_FAMILY: readonly (readonly [prefix: string, code: TransportCode])[] = [
  ["ERR_TLS_", "tls"],
  ["ERR_SSL_", "tls"],
  ["CERT_", "tls"],
  ["HPE_", "response_undecodable"],
  // zlib, brotli (whose codes Node names `ERR__ERROR_FORMAT_...` and `ERR_BROTLI_...`) and zstd.
  ["Z_", "response_undecodable"],
  ["ERR__ERROR_", "response_undecodable"],
  ["ERR_BROTLI", "response_undecodable"],
  ["ERR_ZSTD", "response_undecodable"],
  ["ZSTD_", "response_undecodable"],
  ["ERR_HTTP2_INVALID_", "invalid_request"],
  ["ERR_HTTP2_HEADER", "invalid_request"],
  ["ERR_HTTP2_", "connection_reset"],
  ["ERR_HTTP_", "invalid_request"],
  ["ERR_INVALID_", "invalid_request"],
  ["UND_ERR_INVALID_", "invalid_request"],
];

const byFamily = (code: string): TransportCode =>
  BY_FAMILY.find(([prefix]) => code.startsWith(prefix))?.[1] ?? "network_error";

/** The transport code for what a transport reported, always one of the closed set. */
export function toTransportCode(code: string): TransportCode {
  if (isTransportCode(code)) return code;
  return Object.hasOwn(BY_NODE_CODE, code) ? (BY_NODE_CODE[code] ?? "network_error") : byFamily(code);
}
