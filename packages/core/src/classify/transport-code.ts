import type { TransportCode } from "../facts/index.ts";
import { TRANSPORT_ERRORS } from "../facts/index.ts";

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
  Z_DATA_ERROR: "response_undecodable",
  Z_BUF_ERROR: "response_undecodable",
  ERR__ERROR_FORMAT_PADDING_1: "response_undecodable",
  ERR_INVALID_CHAR: "invalid_request",
  ERR_UNESCAPED_CHARACTERS: "invalid_request",
  ERR_INVALID_PROTOCOL: "invalid_request",
  ERR_INVALID_URL: "invalid_request",
  ERR_INVALID_HTTP_TOKEN: "invalid_request",
  ERR_HTTP_INVALID_HEADER_VALUE: "invalid_request",
  ERR_SOCKET_BAD_PORT: "invalid_request",
  HPE_HEADER_OVERFLOW: "response_too_large",
};

const known: ReadonlySet<string> = new Set(TRANSPORT_ERRORS.map((entry) => entry.code));
const isTransportCode = (code: string): code is TransportCode => known.has(code);

function byFamily(code: string): TransportCode {
  if (code.startsWith("ERR_TLS_") || code.startsWith("ERR_SSL_") || code.startsWith("CERT_")) return "tls";
  if (code.startsWith("HPE_")) return "response_undecodable";
  if (code.startsWith("ERR_BROTLI") || code.startsWith("Z_")) return "response_undecodable";
  return "network_error";
}

/** The transport code for what a transport said, always one of the closed set. */
export function toTransportCode(code: string): TransportCode {
  if (isTransportCode(code)) return code;
  return Object.hasOwn(BY_NODE_CODE, code) ? (BY_NODE_CODE[code] ?? "network_error") : byFamily(code);
}
