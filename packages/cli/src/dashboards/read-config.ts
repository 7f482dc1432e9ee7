import { buildRules, type DashboardsConfig } from "@intercom-telemetry/dashboards";
import { type Document, LineCounter, parseDocument } from "yaml";
import { UsageError } from "../command/exit-codes.ts";
import { readFileSync } from "../config/read-file.ts";

/** Aliases are only followed here, so an unknown one, or too many, come to light here. */
function toValues(document: Document.Parsed, file: string): unknown {
  try {
    return document.toJS();
  } catch {
    throw new UsageError(`${file}: expected YAML or JSON, got aliases that are unknown or too many`);
  }
}

/**
 * Reads a configuration file, YAML or JSON.
 *
 * @throws UsageError naming the file, and the line where it is not YAML.
 */
export function readConfig(file: string | undefined): DashboardsConfig {
  if (file === undefined) return {};
  const lineCounter = new LineCounter();
  // A key that is no string is refused with all other unknown keys; the parser need not warn of it as well.
  const document = parseDocument(readFileSync(file, "--config"), {
    logLevel: "error",
    lineCounter,
    prettyErrors: false,
  });
  const [problem] = document.errors;
  if (problem) {
    const { line } = lineCounter.linePos(problem.pos[0]);
    // The parser's own message quotes the file.
    const reason = problem.code.toLowerCase().replaceAll("_", " ");
    throw new UsageError(`${file}:${line}: expected YAML or JSON, got ${reason}`);
  }
  const config = (toValues(document, file) ?? {}) as DashboardsConfig;
  try {
    buildRules(config);
  } catch (error) {
    if (error instanceof TypeError) throw new UsageError(error.message, { cause: error });
    throw error;
  }
  return config;
}
