import type { ErrorCategory, ErrorKind } from "./error-description.ts";
import { usualRetryMode } from "./retry-mode.ts";

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

/** The kind of a transport code. */
export type TransportKind = ErrorKind & { readonly code: TransportCode };

const kind = (code: TransportCode, category: ErrorCategory, retryable: boolean): TransportKind => ({
  code,
  category,
  retryable,
  retryMode: usualRetryMode(retryable),
});

/** Kinds of the closed set. The category `client`: the request made it, or what the caller allows of the response. */
export const TRANSPORT_KINDS: readonly TransportKind[] = [
  kind("timeout", "transport", true),
  kind("connection_refused", "transport", true),
  kind("connection_reset", "transport", true),
  kind("host_unreachable", "transport", true),
  kind("dns", "transport", true),
  kind("tls", "transport", false),
  kind("response_incomplete", "transport", true),
  kind("response_undecodable", "transport", true),
  kind("response_too_large", "client", false),
  kind("request_too_large", "client", false),
  kind("too_many_redirects", "client", false),
  kind("invalid_request", "client", false),
  kind("network_error", "transport", true),
  kind("canceled", "canceled", false),
];

const codes: ReadonlySet<string> = new Set(TRANSPORT_KINDS.map(({ code }) => code));

/** Whether the code is one of the closed set. */
export const isTransportCode = (code: string): code is TransportCode => codes.has(code);
