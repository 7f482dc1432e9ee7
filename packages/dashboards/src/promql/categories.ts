import type { ErrorCategory, ErrorDescription } from "@intercom-telemetry/core/facts";
import { ALL_ERRORS } from "@intercom-telemetry/core/facts";
import { oneOf } from "./idioms.ts";

/** Catalog entries of some categories. */
function errorsOf(...categories: readonly ErrorCategory[]): readonly ErrorDescription[] {
  return ALL_ERRORS.filter(({ category }) => categories.includes(category));
}

/** Their codes. */
export function codesOf(...categories: readonly ErrorCategory[]): readonly string[] {
  return errorsOf(...categories).map(({ code }) => code);
}

/** Matcher for failures of some categories. */
export function categoryMatcher(...categories: readonly ErrorCategory[]): string {
  return oneOf("error_category", categories);
}

/** Matcher for failures; a request that the caller ended is not one. */
export const FAILED_MATCHER = 'error_category!~"|canceled"';

/** Everything that is news when nothing else happens. */
export const NEWSWORTHY: readonly ErrorCategory[] = [
  "auth",
  "permission",
  "plan",
  "validation",
  "client",
  "rate_limit",
  "server",
  "transport",
  "intermediary",
  "unknown",
];

/** Matcher for failures other than those of a lookup or a find-or-create race. */
export const NEWSWORTHY_MATCHER = 'error_category!~"|canceled|not_found|conflict"';

/** Matcher for responses that prove that token, network and Intercom work. */
export const WORKED_MATCHER = 'error_category=~"|not_found|conflict"';

/** Whose move it is, for the first question of an incident. */
export const RESPONSIBILITIES: readonly {
  readonly who: string;
  readonly color: string;
  readonly categories: readonly ErrorCategory[];
}[] = [
  { who: "Intercom or the network", color: "purple", categories: ["server", "transport", "intermediary"] },
  { who: "Our quota", color: "blue", categories: ["rate_limit"] },
  { who: "Our token or plan", color: "red", categories: ["auth", "permission", "plan"] },
  {
    who: "Our code or data",
    color: "yellow",
    categories: ["validation", "client", "conflict", "not_found"],
  },
  { who: "Unknown", color: "gray", categories: ["unknown"] },
];
