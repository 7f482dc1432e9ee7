import type { ErrorDescription } from "./error-description.ts";
import type { TransportCode } from "./transport-kinds.ts";
import { TRANSPORT_KINDS } from "./transport-kinds.ts";

const ADVICE: Readonly<Record<TransportCode, Pick<ErrorDescription, "cause" | "action">>> = {
  timeout: {
    cause: "No complete response came within the caller's time limit; a write may have happened.",
    action: "Retry reads; look before replaying a write; set the limit above 20 s for search pages.",
  },
  connection_refused: {
    cause: "Nothing accepted the connection.",
    action: "Check host, port and proxy settings, then the status page.",
  },
  connection_reset: {
    cause: "The other side dropped the connection; a write may have happened.",
    action:
      "Retry reads with backoff; check that idle sockets are not kept longer than the other side keeps them.",
  },
  host_unreachable: {
    cause: "The host cannot be reached.",
    action: "Check egress rules, the proxy and the network of the service.",
  },
  dns: {
    cause: "The host name could not be resolved.",
    action: "Check the host name and the resolver of the service.",
  },
  tls: {
    cause: "The TLS handshake or the certificate check failed.",
    action:
      "Check the clock, the CA bundle and any proxy that opens TLS; the certificate is not trusted as it stands.",
  },
  response_incomplete: {
    cause: "The response was cut off before its end; a write may have happened.",
    action: "Retry reads with backoff; look before replaying a write.",
  },
  response_undecodable: {
    cause: "The response could not be decompressed.",
    action: "Retry; when it lasts, look for a proxy that alters Content-Encoding.",
  },
  response_too_large: {
    cause: "The response is larger than the caller allows (maxContentLength).",
    action: "Ask for smaller pages or raise the limit.",
  },
  request_too_large: {
    cause:
      "The request body is larger than the caller allows (maxBodyLength); it was not sent, or not to its end.",
    action: "Split the request or raise the limit.",
  },
  too_many_redirects: {
    cause: "Redirects went round in a circle or past the caller's limit.",
    action: "Check the base URL; call the regional host of the workspace directly.",
  },
  invalid_request: {
    cause: "The request could not be sent as it was configured.",
    action: "Read the error's message: an option, a header or the URL is malformed.",
  },
  network_error: {
    cause: "The request failed on the network in a way that has no name here.",
    action: "Look at the error's own code; check network and proxy.",
  },
  canceled: {
    cause: "The caller ended the request itself.",
    action: "Nothing to do; Intercom is not at fault.",
  },
};

const describe = (): readonly (ErrorDescription & { readonly code: TransportCode })[] =>
  TRANSPORT_KINDS.map((kind) => ({ ...kind, statuses: [], ...ADVICE[kind.code] }));

/** The closed set of transport codes, described like Intercom's own. */
export const TRANSPORT_ERRORS: readonly (ErrorDescription & { readonly code: TransportCode })[] =
  /* @__PURE__ */ describe();
