import { isDeepStrictEqual } from "node:util";
import { seenWith } from "../src/facts/advice-outline.ts";
import type { ErrorDescription, ErrorKind } from "../src/facts/error-description.ts";
import { toOperation } from "../src/facts/operation-outline.ts";
import { usualRetryMode } from "../src/facts/retry-mode.ts";

const LONGEST_LINE_CHARACTERS = 110;

/** An entry says only what differs from the usual. */
function entry(name: string, usual: object, row: object): string {
  const known = new Map(Object.entries(usual));
  const unusual = Object.entries(row).filter(([key, value]) => !isDeepStrictEqual(known.get(key), value));
  return unusual.length === 0 ? name : name + JSON.stringify(Object.fromEntries(unusual));
}

function countShared(segments: readonly string[], before: readonly string[]): number {
  const differs = segments.findIndex((segment, index) => segment !== before[index]);
  return differs === -1 ? segments.length : Math.min(differs, segments.length - 1);
}

/** Writes what `readOperations` reads. */
export function operationOutline(rows: readonly { method: string; template: string }[]): string {
  const entries = new Map<string, string[]>();
  for (const row of rows) {
    const method = entry(row.method, toOperation(row.template, row.method), row);
    entries.set(row.template, [...(entries.get(row.template) ?? []), method]);
  }
  let before: string[] = [];
  const lines = [...entries].map(([template, methods]) => {
    const segments = template.slice(1).split("/");
    const shared = countShared(segments, before);
    before = segments;
    return [" ".repeat(shared) + segments.slice(shared).join("/"), ...methods].join(" ");
  });
  return lines.join("\n");
}

/** A kind, as the data spells it. */
type Kind = Omit<ErrorKind, "category" | "retryMode"> & {
  readonly category: string;
  readonly retryMode: string;
};

/** Writes what `readKinds` reads. */
export function kindOutline(rows: readonly Kind[]): string {
  const lines: string[] = [];
  let before = "";
  for (const { code, category, retryable, retryMode, minWaitSeconds } of rows) {
    const fields = { retryable, retryMode, ...(minWaitSeconds === undefined ? {} : { minWaitSeconds }) };
    const kind = entry(code, { retryable: false, retryMode: usualRetryMode(retryable) }, fields);
    const line = `${lines.at(-1)} ${kind}`;
    if (category === before && line.length <= LONGEST_LINE_CHARACTERS) lines.splice(-1, 1, line);
    else lines.push(`${category} ${kind}`);
    before = category;
  }
  return lines.join("\n");
}

/** Writes what `readAdvice` reads. */
export function adviceOutline(rows: readonly ErrorDescription[]): string {
  const lines = new Map<string, string[]>();
  for (const { code, cause, action, statuses, typicalStatus, confidence } of rows) {
    const seen = { statuses, ...(confidence === undefined ? {} : { confidence }) };
    const line = entry(`${code} ${typicalStatus ?? "-"} ${cause}`, seenWith(typicalStatus), seen);
    lines.set(action, [...(lines.get(action) ?? []), ` ${line}`]);
  }
  return [...lines].flatMap(([action, codes]) => [action, ...codes]).join("\n");
}
