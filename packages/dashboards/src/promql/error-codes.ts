import type { ErrorCategory, ErrorDescription } from "@intercom-telemetry/core/facts";
import { ALL_ERRORS } from "@intercom-telemetry/core/facts";
import type { Slo } from "../config/slo.ts";
import { FAILED_CATEGORIES } from "../config/slo.ts";
import { oneOf } from "./select.ts";

/** Catalogue entries of some categories. */
export function errorsOf(...categories: readonly ErrorCategory[]): readonly ErrorDescription[] {
  return ALL_ERRORS.filter(({ category }) => categories.includes(category));
}

/** Matcher for failures of some categories. */
export function categoryMatcher(...categories: readonly ErrorCategory[]): string {
  const [only, ...others] = categories;
  return others.length === 0 ? `error_category="${only}"` : oneOf("error_category", categories);
}

/** Matcher for failures that spend the error budget. */
export function failedMatcher({ failedErrorCodes }: Pick<Slo, "failedErrorCodes">): string {
  if (failedErrorCodes) return oneOf("error_code", failedErrorCodes);
  return categoryMatcher(...FAILED_CATEGORIES);
}

/** Matcher for responses that refused a request because of a limit, whatever their body says. */
export const RATE_LIMITED_MATCHER = 'status_code="429"';

/** Whose move it is, for the first question of an incident. */
export const RESPONSIBILITIES: readonly {
  readonly who: string;
  readonly categories: readonly ErrorCategory[];
}[] = [
  { who: "Intercom or the network", categories: ["server", "transport", "intermediary"] },
  { who: "Our quota", categories: ["rate_limit"] },
  { who: "Our token or plan", categories: ["auth", "permission", "plan"] },
  { who: "Our code or data", categories: ["validation", "client", "conflict", "not_found"] },
  { who: "Unknown", categories: ["unknown"] },
];
