import type { ErrorCategory, ErrorDescription } from "./error-description.ts";

/** Why a request ended without a response. */
export type TransportCode =
  | "timeout"
  | "connection_refused"
  | "connection_reset"
  | "host_unreachable"
  | "dns"
  | "tls"
  | "response_incomplete"
  | "response_undecodable"
  | "response_too_large"
  | "request_too_large"
  | "too_many_redirects"
  | "invalid_request"
  | "network_error"
  | "canceled";

/** The caller's side made these: the request, or what the caller allows of the response. */
const CLIENT_CODES: ReadonlySet<TransportCode> = new Set([
  "invalid_request",
  "request_too_large",
  "response_too_large",
  "too_many_redirects",
]);

function categoryOf(code: TransportCode): ErrorCategory {
  if (code === "canceled") return "canceled";
  return CLIENT_CODES.has(code) ? "client" : "transport";
}

const row = (
  code: TransportCode,
  retryable: boolean,
  cause: string,
  action: string,
): ErrorDescription & { readonly code: TransportCode } => ({
  code,
  category: categoryOf(code),
  retryable,
  retryMode: retryable ? "backoff" : "none",
  statuses: [],
  cause,
  action,
});

/** The closed set of transport codes, described like Intercom's own. */
export const TRANSPORT_ERRORS: readonly (ErrorDescription & { readonly code: TransportCode })[] = [
  row(
    "timeout",
    true,
    "No complete response came within the caller's time limit; a write may have happened.",
    "Retry reads; look before replaying a write; set the limit above 20 s for search pages.",
  ),
  row(
    "connection_refused",
    true,
    "Nothing accepted the connection.",
    "Check host, port and proxy settings, then the status page.",
  ),
  row(
    "connection_reset",
    true,
    "The other side dropped the connection; a write may have happened.",
    "Retry reads with backoff; check that idle sockets are not kept longer than the other side keeps them.",
  ),
  row(
    "host_unreachable",
    true,
    "There is no route to the host.",
    "Check egress rules, the proxy and the network of the service.",
  ),
  row(
    "dns",
    true,
    "The host name could not be resolved.",
    "Check the host name and the resolver of the service.",
  ),
  row(
    "tls",
    false,
    "The TLS handshake or the certificate check failed.",
    "Check the clock, the CA bundle and any proxy that opens TLS; the certificate is not trusted as it stands.",
  ),
  row(
    "response_incomplete",
    true,
    "The response was cut off before its end; a write may have happened.",
    "Retry reads with backoff; look before replaying a write.",
  ),
  row(
    "response_undecodable",
    true,
    "The response could not be decompressed.",
    "Retry; when it lasts, look for a proxy that alters Content-Encoding.",
  ),
  row(
    "response_too_large",
    false,
    "The response is larger than the caller allows (maxContentLength).",
    "Ask for smaller pages or raise the limit.",
  ),
  row(
    "request_too_large",
    false,
    "The request body is larger than the caller allows (maxBodyLength); it was not sent, or not to its end.",
    "Split the request or raise the limit.",
  ),
  row(
    "too_many_redirects",
    false,
    "Redirects went round in a circle or past the caller's limit.",
    "Check the base URL; call the regional host of the workspace directly.",
  ),
  row(
    "invalid_request",
    false,
    "The request could not be sent as it was configured.",
    "Read the error's message: an option, a header or the URL is malformed.",
  ),
  row(
    "network_error",
    true,
    "The request failed on the network in a way that has no name here.",
    "Look at the error's own code; check network and proxy.",
  ),
  row("canceled", false, "The caller ended the request itself.", "Nothing to do; Intercom is not at fault."),
];

const codes: ReadonlySet<string> = new Set(TRANSPORT_ERRORS.map((entry) => entry.code));

/** Whether the code is one of the closed set. */
export const isTransportCode = (code: string): code is TransportCode => codes.has(code);
