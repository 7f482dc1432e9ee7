import type ts from "typescript";
import type { SampleRules } from "./sample-type.ts";

/** Seconds since the epoch for times, 1 for everything that is counted. */
const numberFor = (property: string): number =>
  /(_at|date|time|timestamp)(_|$)/i.test(property) ? 1_700_000_000 : 1;

const STRINGS: readonly (readonly [RegExp, string])[] = [
  [/(^|_)ids?$/, "1"],
  [/email/, "ann@example.com"],
  [/(^|_)(url|link|avatar)$/, "https://example.com/1"],
  [/phone/, "+35300000000"],
  [/_at$/, "2023-11-14T22:13:20Z"],
  // What a search looks at.
  [/^field$/, "id"],
  [/^consent_type$/, "opt_in"],
];

/** How a string begins that nothing is known of but its name. */
export const MADE_UP = "sample ";

const stringFor = (property: string): string =>
  STRINGS.find(([pattern]) => pattern.test(property))?.[1] ?? MADE_UP + property.replaceAll("_", " ");

/** A response: what the type requires, and what a client looks at first. */
export function responseRules(checker: ts.TypeChecker, noun: string): SampleRules {
  return {
    checker,
    preferredType: singular(noun),
    scalar: (property, _owner, kind) => (kind === "string" ? stringFor(property) : numberFor(property)),
    wantsOptional: (property, isArray) => isArray || /^(type|id|created_at|updated_at)$/.test(property),
    optionalLevels: 3,
  };
}

const PAGING = /^(page|per_page|starting_after|order|sort|pagination|scroll_param|next|prev|last)$/;
const ID = /^(id|.*_ids?|.*_identifier|from|into|conversation_part_id)$/;

export const singular = (word: string): string => word.replace(/ies$/, "y").replace(/s$/, "");

/** The record that an id belongs to: `contact_id` to a contact, `contacts: [{ id }]` too; `id` alone is yet to be seen. */
function recordOf(property: string, owner: string, kind: string): string {
  if (property !== "id") return singular(property.replace(/_(ids?|identifier)$/, ""));
  if (owner === "from" && kind === "number") return "admin";
  return /^(contacts|from|to|user|visitor)$/.test(owner) ? "contact" : "id";
}

/** Arguments: only what is required, and ids as the record that they point at, in braces: `{contact}`. */
export function argumentRules(checker: ts.TypeChecker, fillEmpty: boolean): SampleRules {
  return {
    checker,
    scalar(property, owner, kind) {
      if (ID.test(property)) return `{${kind === "number" ? "#" : ""}${recordOf(property, owner, kind)}}`;
      return kind === "string" ? stringFor(property) : numberFor(property);
    },
    wantsOptional: (property) => !PAGING.test(property),
    optionalLevels: 0,
    fillEmpty,
  };
}

/** Says of `{id}` what it points at: the literal before it in the path, or else the last one of the path. */
export function nameRecords(args: readonly unknown[], path: string): unknown[] {
  const segments = path.split("/");
  const literals = segments.filter((segment) => !segment.startsWith("{"));
  const at = segments.findIndex((segment) => /^\{#?id\}$/.test(segment));
  const noun = singular((at > 0 ? segments[at - 1] : literals.at(-1)) ?? "");
  return JSON.parse(JSON.stringify(args).replaceAll(/\{(#?)id\}/g, `{$1${noun}}`));
}
