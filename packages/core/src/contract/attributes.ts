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
      "user info, the base path of `hosts`, query values, personal path parameters and unknown path segments are replaced by `REDACTED`; opaque ids of records stay",
  },
  urlTemplate: { name: "url.template", type: "string", when: "operation known", meaning: "`/contacts/{id}`" },
  client: { name: "intercom.client.name", type: "string", when: "at start", meaning: "name of the client" },
  apiVersion: {
    name: "intercom.api.version",
    type: "string",
    when: "the request carries `Intercom-Version`",
    meaning: "API version asked for",
  },
  retryCount: {
    name: "http.request.resend_count",
    type: "int",
    when: "retries only",
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
    meaning:
      "Intercom's code, also when the catalog lacks it and it is a short snake_case word; else the status or transport code",
  },
  errorCategory: {
    name: "intercom.error.category",
    type: "string",
    when: "failed",
    meaning: "whose move it is, by the catalog",
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
    when: "a retry or throttle had the request wait",
    meaning: "seconds between the decision and this attempt; it is not part of the span's duration",
  },
  retryReason: {
    name: "intercom.retry.reason",
    type: "string",
    when: "a retry or throttle had the request wait",
    meaning:
      "`retry_after`, `window_reset`, `window_unknown`, `overload`, `server_error`, `no_response` or `conflict` for a retry, `sdk` for a retry of the official SDK, `throttled` for a first attempt",
  },
};

/**
 * Event on the span that is active where the call was made: a request could have been retried and was not, for the
 * reason in its attribute `intercom.retry.reason` (`outcome_unknown`, `body_used`, `wait_for_condition`,
 * `scroll_would_expire`, `deadline`, `retries_used_up`). The span of the failed attempt has ended by then.
 */
export const RETRY_REFUSED_EVENT = "intercom.retry.refused";
