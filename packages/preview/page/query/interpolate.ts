import type { VariableJson } from "../model/dashboard.ts";

/** Value that stands for all of a variable's values, in addresses and in the JSON. */
export const ALL_VALUE = "$__all";

/** Values by variable name, ready to be put into text. */
export type Replacements = Readonly<Record<string, string>>;

/** Escapes a label value for a regular expression inside a PromQL string. */
function escapeForMatcher(value: string): string {
  const expression = value.replace(/[\\^$*+?.()|[\]{}]/g, "\\$&");
  return expression.replaceAll("\\", "\\\\").replaceAll('"', '\\"');
}

/** Tells whether all values are chosen; Grafana's addresses say `All` for it as well. */
export function meansAll(values: readonly string[]): boolean {
  return values.includes(ALL_VALUE) || values.includes("All");
}

/** What a variable's chosen values become in a query. */
export function formatVariable(variable: VariableJson, chosen: readonly string[]): string {
  if (meansAll(chosen)) return variable.allValue ?? ".*";
  if (variable.type === "datasource") return chosen.join(",");
  const escaped = chosen.map(escapeForMatcher);
  return escaped.length === 1 ? (escaped[0] ?? "") : `(${escaped.join("|")})`;
}

/** Replaces `$name`, `${name}` and `${name:format}`; names that nobody knows stay as they are. */
export function interpolate(text: string, replacements: Replacements): string {
  return text.replace(/\$(?:(\w+)|\{(\w+)(?::\w+)?\})/g, (whole, bare?: string, braced?: string) => {
    const name = bare ?? braced ?? "";
    return Object.hasOwn(replacements, name) ? (replacements[name] ?? whole) : whole;
  });
}
