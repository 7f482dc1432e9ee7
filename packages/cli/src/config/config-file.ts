import { existsSync } from "node:fs";
import { join } from "node:path";
import { anything, object, optional } from "@intercom-telemetry/guards/shape";
import type { GuardedIo } from "../command/command-io.ts";
import { UsageError } from "../errors/exit-codes.ts";
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

/** What looking for the file needs. */
export type ConfigFinder = Pick<GuardedIo, "folder" | "writeError">;

const SECTIONS = object<Sections>({ serve: optional(anything), dashboards: optional(anything) });

/** The names that a file has where no option names it. */
const DEFAULT_NAMES = [
  "intercom-telemetry.yaml",
  "intercom-telemetry.yml",
  "intercom-telemetry.json",
] as const;

/** What the option `--config` of every command says after its own words. */
export const DEFAULT_FILE_HELP = `(default: ${DEFAULT_NAMES[0]}, .yml or .json in the current folder, if there is one)`;

/** @throws UsageError for a file that cannot be read, is not YAML or JSON, or has a key of no command. */
export async function readConfigFile(fileName: string, option = "--config"): Promise<ConfigFile> {
  const document = await readDocument(fileName, option);
  return { ...document, sections: readShape(document, SECTIONS) };
}

/**
 * Reads the file with a default name in the current folder, if there is one, and says so: what a command does depends
 * on it.
 *
 * @throws UsageError as `readConfigFile`, and when there are several.
 */
export async function findConfigFile({ folder, writeError }: ConfigFinder): Promise<ConfigFile | undefined> {
  const [name, ...others] = DEFAULT_NAMES.filter((each) => existsSync(join(folder, each)));
  if (name === undefined) return undefined;
  if (others.length > 0)
    throw new UsageError(
      `expected one configuration file, got ${[name, ...others].join(", ")}: choose one with --config`,
    );
  const file = await readConfigFile(join(folder, name), name);
  writeError(`configuration: ${name}\n`);
  return file;
}
