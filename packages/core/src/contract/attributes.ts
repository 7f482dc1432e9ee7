/** One span attribute of the contract. */
export interface AttributeDefinition {
  readonly name: string;
  readonly type: "string" | "int" | "double" | "boolean";
  readonly when: string;
  readonly meaning: string;
}

/** Short name of an attribute of the contract. */
export type AttributeKey =
  | "method"
  | "serverAddress"
  | "serverPort"
  | "url"
  | "urlTemplate"
  | "client"
  | "apiVersion"
  | "retryCount"
  | "status"
  | "errorType"
  | "errorCode"
  | "errorCategory"
  | "retryable"
  | "requestId"
  | "rateLimit"
  | "rateLimitRemaining"
  | "rateLimitReset"
  | "retryDelay"
  | "retryReason";

/** The span attributes, by the short name that code uses. The names are public API. */
export const ATTRIBUTES: Readonly<Record<AttributeKey, AttributeDefinition>> = {
  method: {
    name: "http.request.method",
    type: "string",
    when: "at start",
    meaning: "`_OTHER` for an unknown method",
  },
  serverAddress: { name: "server.address", type: "string", when: "at start", meaning: "host of the request" },
  serverPort: { name: "server.port", type: "int", when: "at start", meaning: "port of the request" },
  url: {
    name: "url.full",
    type: "string",
    when: "at start",
    meaning:
      "user info, the base path of a gateway, query values, personal path parameters and unknown path segments are replaced by `REDACTED`",
  },
  urlTemplate: { name: "url.template", type: "string", when: "endpoint known", meaning: "`/contacts/{id}`" },
  client: { name: "intercom.client.name", type: "string", when: "at start", meaning: "the `client` option" },
  apiVersion: {
    name: "intercom.api.version",
    type: "string",
    when: "the request carries `Intercom-Version`",
    meaning: "API version asked for",
  },
  retryCount: {
    name: "http.request.resend_count",
    type: "int",
    when: "resends only",
    meaning: "1, 2, 3 ...",
  },
  status: { name: "http.response.status_code", type: "int", when: "a response arrived", meaning: "never 0" },
  errorType: {
    name: "error.type",
    type: "string",
    when: "failed",
    meaning: "status code when a response arrived, else the transport code; absent when the caller canceled",
  },
  errorCode: {
    name: "intercom.error.code",
    type: "string",
    when: "failed",
    meaning: "Intercom's code, also when the catalogue does not have it; else the status or transport code",
  },
  errorCategory: {
    name: "intercom.error.category",
    type: "string",
    when: "failed",
    meaning: "whose move it is",
  },
  retryable: {
    name: "intercom.error.retryable",
    type: "boolean",
    when: "failed",
    meaning: "the identical request may succeed later",
  },
  requestId: {
    name: "intercom.request.id",
    type: "string",
    when: "known",
    meaning: "body `request_id`, else `X-Request-Id`: what Intercom's support asks for",
  },
  rateLimit: {
    name: "intercom.rate_limit.limit",
    type: "int",
    when: "header sane",
    meaning: "size of the window",
  },
  rateLimitRemaining: {
    name: "intercom.rate_limit.remaining",
    type: "int",
    when: "header sane",
    meaning: "left in the window",
  },
  rateLimitReset: {
    name: "intercom.rate_limit.reset",
    type: "int",
    when: "header sane",
    meaning: "end of the window, seconds since the epoch",
  },
  retryDelay: {
    name: "intercom.retry.delay",
    type: "double",
    when: "`intercomRetry` had the request wait",
    meaning: "seconds between the decision and this send; it is not part of the span's duration",
  },
  retryReason: {
    name: "intercom.retry.reason",
    type: "string",
    when: "`intercomRetry` had the request wait",
    meaning:
      "`retry_after`, `window_reset`, `window_unknown`, `overload`, `server_error`, `no_answer` or `conflict` for a resend, `held_back` for a first send",
  },
};

/**
 * Event on the span that is active where the call was made: a request could have been retried and was not, for the
 * reason in its attribute `intercom.retry.reason` (`outcome_unknown`, `wait_for_condition`, `deadline`,
 * `retries_used_up`). The span of the failed request has ended by then.
 */
export const RETRY_REFUSED_EVENT = "intercom.retry.refused";
