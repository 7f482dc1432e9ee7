import { ALL_ERRORS, type ErrorDescription, lookupError } from "@intercom-telemetry/core/facts";
import { ALERT_NAMES, type AlertName } from "@intercom-telemetry/dashboards";

/** What somebody wants explained. */
export type Subject =
  | { readonly kind: "alert"; readonly name: AlertName }
  | { readonly kind: "errors"; readonly entries: readonly ErrorDescription[] };

const PREFIX = "IntercomClient";
/** A longer word is not a mistyped name. */
const LONGEST_WORD = 60;
const MOST_SUGGESTIONS = 5;

const withoutPrefix = (name: string): string => (name.startsWith(PREFIX) ? name.slice(PREFIX.length) : name);

const normalize = (word: string): string =>
  withoutPrefix(word)
    .toLowerCase()
    .replace(/[^a-z0-9]/g, "");

/** An alert by its name, with or without its prefix; error codes by their name or by their status. */
export function findSubject(word: string): Subject | undefined {
  const alert = ALERT_NAMES.find((name) => name === word || name === `${PREFIX}${word}`);
  if (alert) return { kind: "alert", name: alert };
  const entry = lookupError(word);
  if (entry) return { kind: "errors", entries: [entry] };
  const entries = ALL_ERRORS.filter(({ statuses }) => statuses.some((status) => String(status) === word));
  return entries.length > 0 ? { kind: "errors", entries } : undefined;
}

const pairsOf = (word: string): readonly string[] =>
  Array.from({ length: Math.max(0, word.length - 1) }, (_, start) => word.slice(start, start + 2));

/** Dice's coefficient of the pairs of letters: 1 for the same word, 0 for nothing in common. */
function similarity(left: string, right: string): number {
  const [first, second] = [pairsOf(left), pairsOf(right)];
  const rest = [...second];
  const shared = first.filter((pair) => {
    const at = rest.indexOf(pair);
    if (at >= 0) rest.splice(at, 1);
    return at >= 0;
  });
  return (2 * shared.length) / Math.max(1, first.length + second.length);
}

/** Documented names that come near a word, the nearest first. */
export function suggestSubjects(word: string): readonly string[] {
  const wanted = normalize(word.slice(0, LONGEST_WORD));
  const names: readonly string[] = [...ALERT_NAMES, ...ALL_ERRORS.map(({ code }) => code)];
  return names
    .map((name) => ({ name, near: similarity(wanted, normalize(name)) }))
    .filter(({ near }) => near >= 0.5)
    .sort((a, b) => b.near - a.near)
    .slice(0, MOST_SUGGESTIONS)
    .map(({ name }) => name);
}
