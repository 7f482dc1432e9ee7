import { anything, object, optional } from "@intercom-telemetry/guards/shape";
import { type ConfigDocument, readDocument, readShape } from "./document.ts";

/** The keys of the file: one for each command that reads it. */
interface Sections {
  /** What `serve` probes and serves. */
  readonly serve?: unknown;
  /** What `dashboards` writes. */
  readonly dashboards?: unknown;
}

/** The configuration file of all commands. */
export interface ConfigFile extends ConfigDocument {
  readonly sections: Sections;
}

const SECTIONS = object<Sections>({ serve: optional(anything), dashboards: optional(anything) });

/** @throws UsageError for a file that cannot be read, is not YAML or JSON, or has a key of no command. */
export async function readConfigFile(fileName: string): Promise<ConfigFile> {
  const document = await readDocument(fileName, "--config");
  return { ...document, sections: readShape(document, SECTIONS) };
}
