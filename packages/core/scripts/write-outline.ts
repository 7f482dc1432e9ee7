import type { ErrorCategory } from "../src/facts/error-description.ts";
import { toErrorKind } from "../src/facts/kind-outline.ts";
import { toOperation } from "../src/facts/operation-outline.ts";

const LONGEST_LINE_CHARACTERS = 110;

/** An entry says only what differs from the usual. */
function entry(name: string, usual: object, row: object): string {
  const known = new Map(Object.entries(usual));
  const unusual = Object.entries(row).filter(([key, value]) => known.get(key) !== value);
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

/** Writes what `readKinds` reads. */
export function kindOutline(rows: readonly { code: string; category: string }[]): string {
  const lines: string[] = [];
  let category = "";
  for (const row of rows) {
    const code = entry(row.code, toErrorKind(row.category as ErrorCategory, row.code), row);
    const line = `${lines.at(-1)} ${code}`;
    if (row.category === category && line.length <= LONGEST_LINE_CHARACTERS) lines.splice(-1, 1, line);
    else lines.push(`${row.category} ${code}`);
    category = row.category;
  }
  return lines.join("\n");
}
