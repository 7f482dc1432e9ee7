import type { AttributeKey } from "./attribute-names.ts";
import { ATTRIBUTE_NAMES } from "./attribute-names.ts";

/** One span attribute of the contract. */
export interface AttributeDefinition {
  readonly name: string;
  readonly type: "string" | "int" | "double" | "boolean";
  readonly when: string;
  readonly meaning: string;
}

const MEANINGS: Readonly<Record<AttributeKey, Omit<AttributeDefinition, "name">>> = {
  method: {
    type: "string",
    when: "at start",
    meaning: "`_OTHER` for an unknown method",
  },
  serverAddress: { type: "string", when: "at start", meaning: "host of the request" },
  serverPort: { type: "int", when: "at start", meaning: "port of the request" },
  url: {
    type: "string",
    when: "at start",
    meaning:
      "user info, the base path of `hosts`, query values, personal path parameters and unknown path segments are replaced by `REDACTED`; opaque ids of records stay",
  },
  urlTemplate: { type: "string", when: "operation known", meaning: "`/contacts/{id}`" },
  client: { type: "string", when: "at start", meaning: "name of the client" },
  apiVersion: {
    type: "string",
    when: "the request carries `Intercom-Version`",
    meaning: "API version asked for",
  },
  retryCount: {
    type: "int",
    when: "retries only",
    meaning: "1, 2, 3 ...",
  },
  status: { type: "int", when: "a response arrived", meaning: "never 0" },
  errorType: {
    type: "string",
    when: "failed",
    meaning: "status code when a response arrived, else the transport code; absent when the caller canceled",
  },
  errorCode: {
    type: "string",
    when: "failed",
    meaning:
      "Intercom's code, also when the catalog lacks it and it is a short snake_case word; else the status or transport code",
  },
  errorCategory: {
    type: "string",
    when: "failed",
    meaning: "whose move it is, by the catalog",
  },
  retryable: {
    type: "boolean",
    when: "failed",
    meaning: "the identical request may succeed later",
  },
  requestId: {
    type: "string",
    when: "known",
    meaning: "body `request_id`, else `X-Request-Id`: what Intercom's support asks for",
  },
  rateLimit: {
    type: "int",
    when: "header sane",
    meaning: "size of the window",
  },
  rateLimitRemaining: {
    type: "int",
    when: "header sane",
    meaning: "left in the window",
  },
  rateLimitReset: {
    type: "int",
    when: "header sane",
    meaning: "end of the window, seconds since the epoch",
  },
  retryDelay: {
    type: "double",
    when: "a retry or throttle had the request wait",
    meaning: "seconds between the decision and this attempt; it is not part of the span's duration",
  },
  retryReason: {
    type: "string",
    when: "a retry or throttle had the request wait",
    meaning:
      "`retry_after`, `window_reset`, `window_unknown`, `overload`, `server_error`, `no_response` or `conflict` for a retry, `sdk` for a retry of the official SDK, `throttled` for a first attempt",
  },
};

// One call that a bundler may leave out: a service writes the names and reads no meanings.
function describe(): Readonly<Record<AttributeKey, AttributeDefinition>> {
  const entries = Object.entries(MEANINGS).map(([key, meaning]) => [
    key,
    { name: ATTRIBUTE_NAMES[key as AttributeKey], ...meaning },
  ]);
  return Object.fromEntries(entries) as Record<AttributeKey, AttributeDefinition>;
}

/** The span attributes, by the short name that code uses. The names are public API. */
export const ATTRIBUTES: Readonly<Record<AttributeKey, AttributeDefinition>> = /* @__PURE__ */ describe();
