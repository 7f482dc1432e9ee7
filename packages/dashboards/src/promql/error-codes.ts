import { OTHER_ERROR_CODE } from "@intercom-telemetry/core/contract";
import type { ErrorCategory, ErrorDescription } from "@intercom-telemetry/core/facts";
import { ALL_ERRORS } from "@intercom-telemetry/core/facts";
import { oneOf } from "./select.ts";

/** Catalogue entries of some categories. */
export function errorsOf(...categories: readonly ErrorCategory[]): readonly ErrorDescription[] {
  return ALL_ERRORS.filter(({ category }) => categories.includes(category));
}

/** Matcher for the error codes of some categories. */
export function categoryMatcher(...categories: readonly ErrorCategory[]): string {
  return oneOf(
    "error_code",
    errorsOf(...categories).map(({ code }) => code),
  );
}

/** Matcher for answers that refused a request because of a limit, whatever their body says. */
export const RATE_LIMITED_MATCHER = 'status_code="429"';

/** Matchers for an answer whose code nobody has documented and whose status puts it on Intercom's side. */
export const UNDOCUMENTED_FAILURE_MATCHERS: readonly string[] = [
  `error_code="${OTHER_ERROR_CODE}"`,
  'status_code=~"429|5.."',
];

/** Whose move it is, for the first question of an incident. */
export const RESPONSIBILITIES: readonly {
  readonly who: string;
  readonly categories: readonly ErrorCategory[];
}[] = [
  { who: "Intercom or the network", categories: ["server", "transport"] },
  { who: "Our quota", categories: ["rate_limit"] },
  { who: "Our token or plan", categories: ["auth", "permission", "plan"] },
  { who: "Our code or data", categories: ["validation", "client", "conflict", "not_found"] },
];
