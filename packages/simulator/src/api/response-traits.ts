import type { DocumentedOperation } from "@intercom-telemetry/core/facts";
import { RESPONSE_TRAITS } from "./generated/response-traits.ts";

/** What is documented of an operation's successful response. */
export interface ResponseTraits {
  /** What it carries. Default `json`. */
  readonly response?: "json" | "empty" | "redirect" | "text" | "binary";
  readonly pagination?: "page_number" | "scroll" | "body_cursor" | "query_cursor" | "per_page_only";
  readonly search?: boolean;
}

/** Empty for an operation that responds with one JSON value. */
export function traitsOf({ method, template }: DocumentedOperation): ResponseTraits {
  return RESPONSE_TRAITS[`${method} ${template}`] ?? {};
}
