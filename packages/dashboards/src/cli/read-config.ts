import { readFileSync } from "node:fs";
import { type Document, parseDocument } from "yaml";
import type { DashboardsConfig } from "../config/options.ts";

/** Aliases are only followed here, so an unknown one, or too many, come to light here. */
function toValues(document: Document.Parsed, file: string): unknown {
  try {
    return document.toJS();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`${file}: expected YAML or JSON: ${reason}`);
  }
}

/**
 * Reads a configuration file, YAML or JSON. Its values are checked later, by `resolveConfig`.
 *
 * @throws Error naming the file, and the line where it is not YAML.
 */
export function readConfig(file: string | undefined): DashboardsConfig {
  if (file === undefined) return {};
  // A key that is no text is refused with all other unknown keys; the parser need not warn of it as well.
  const document = parseDocument(readFileSync(file, "utf8"), { logLevel: "error" });
  const [problem] = document.errors;
  if (problem) throw new Error(`${file}: expected YAML or JSON: ${problem.message}`);
  return (toValues(document, file) ?? {}) as DashboardsConfig;
}
