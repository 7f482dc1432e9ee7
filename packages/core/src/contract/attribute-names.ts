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

/** Names of the span attributes, by the short name that code uses. They are public API. */
export const ATTRIBUTE_NAMES: Readonly<Record<AttributeKey, string>> = {
  method: "http.request.method",
  serverAddress: "server.address",
  serverPort: "server.port",
  url: "url.full",
  urlTemplate: "url.template",
  client: "intercom.client.name",
  apiVersion: "intercom.api.version",
  retryCount: "http.request.resend_count",
  status: "http.response.status_code",
  errorType: "error.type",
  errorCode: "intercom.error.code",
  errorCategory: "intercom.error.category",
  retryable: "intercom.error.retryable",
  requestId: "intercom.request.id",
  rateLimit: "intercom.rate_limit.limit",
  rateLimitRemaining: "intercom.rate_limit.remaining",
  rateLimitReset: "intercom.rate_limit.reset",
  retryDelay: "intercom.retry.delay",
  retryReason: "intercom.retry.reason",
};

/**
 * Event on the span that is active where the call was made: a request could have been retried and was not.
 * It is not on the span of the failed attempt, which has ended by then. The reason is in its attribute
 * `intercom.retry.reason` (`outcome_unknown`, `body_used`, `wait_for_condition`, `scroll_would_expire`,
 * `deadline`, `retries_used_up`).
 */
export const RETRY_REFUSED_EVENT = "intercom.retry.refused";
