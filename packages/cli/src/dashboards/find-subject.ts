import { ALL_ERRORS, type ErrorDescription, lookupError } from "@intercom-telemetry/core/facts";
import { ALERT_NAMES, type AlertName } from "@intercom-telemetry/dashboards";
import { nearestWords } from "@intercom-telemetry/guards/shape";

/** What somebody wants explained. */
export type Subject =
  | { readonly kind: "alert"; readonly name: AlertName }
  | { readonly kind: "errors"; readonly entries: readonly ErrorDescription[] };

const PREFIX = "IntercomClient";
const MOST_SUGGESTIONS = 5;

const withoutPrefix = (name: string): string => (name.startsWith(PREFIX) ? name.slice(PREFIX.length) : name);

/** An alert by its name, with or without its prefix; error codes by their name or by their status. */
export function findSubject(word: string): Subject | undefined {
  const alert = ALERT_NAMES.find((name) => name === word || name === `${PREFIX}${word}`);
  if (alert) return { kind: "alert", name: alert };
  const entry = lookupError(word);
  if (entry) return { kind: "errors", entries: [entry] };
  const entries = ALL_ERRORS.filter(({ statuses }) => statuses.some((status) => String(status) === word));
  return entries.length > 0 ? { kind: "errors", entries } : undefined;
}

/** Documented names that come near a word, the nearest first. */
export function suggestSubjects(word: string): readonly string[] {
  const names: readonly string[] = [...ALERT_NAMES, ...ALL_ERRORS.map(({ code }) => code)];
  return nearestWords(word, names, MOST_SUGGESTIONS, withoutPrefix);
}
