import { FileReadError, readRegularFileSync } from "@intercom-telemetry/guards/files";
import { type Document, LineCounter, parseDocument } from "yaml";
import type { DashboardsConfig } from "../config/options.ts";

/** The path is not repeated where there is no such file: it may be a secret in the wrong place. */
function read(file: string): string {
  try {
    return readRegularFileSync(file);
  } catch (error) {
    if (!(error instanceof FileReadError)) throw error;
    throw new Error(`--config: expected a file that can be read, got ${error.message}`, { cause: error });
  }
}

/** Aliases are only followed here, so an unknown one, or too many, come to light here. */
function toValues(document: Document.Parsed, file: string): unknown {
  try {
    return document.toJS();
  } catch {
    throw new Error(`${file}: expected YAML or JSON, got aliases that are unknown or too many`);
  }
}

/**
 * Reads a configuration file, YAML or JSON. Its values are checked later, by `resolveConfig`.
 *
 * @throws Error naming the file, and the line where it is not YAML.
 */
export function readConfig(file: string | undefined): DashboardsConfig {
  if (file === undefined) return {};
  const lineCounter = new LineCounter();
  // A key that is no string is refused with all other unknown keys; the parser need not warn of it as well.
  const document = parseDocument(read(file), { logLevel: "error", lineCounter, prettyErrors: false });
  const [problem] = document.errors;
  if (problem) {
    const { line } = lineCounter.linePos(problem.pos[0]);
    // The parser's own message quotes the file.
    const reason = problem.code.toLowerCase().replaceAll("_", " ");
    throw new Error(`${file}:${line}: expected YAML or JSON, got ${reason}`);
  }
  return (toValues(document, file) ?? {}) as DashboardsConfig;
}
