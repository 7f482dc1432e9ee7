import { readFileSync } from "node:fs";
import { parseDocument } from "yaml";
import type { DashboardsConfig } from "../config/options.ts";

/**
 * Reads a configuration file, YAML or JSON. Its values are checked later, by `resolveConfig`.
 *
 * @throws Error naming the file, and the line where it is not YAML.
 */
export function readConfig(file: string | undefined): DashboardsConfig {
  if (file === undefined) return {};
  const document = parseDocument(readFileSync(file, "utf8"));
  const [problem] = document.errors;
  if (problem) throw new Error(`${file}: expected YAML or JSON: ${problem.message}`);
  return (document.toJS() ?? {}) as DashboardsConfig;
}
