import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

/**
 * Finds a program on the PATH. Where it is missing the tests that need it are skipped by name, except in continuous
 * integration, where they must run.
 */
export function findBinary(name: string, debianPackage = "prometheus"): string | undefined {
  const folders = (process.env.PATH ?? "").split(delimiter);
  const found = folders.map((folder) => join(folder, name)).find((file) => existsSync(file));
  if (found === undefined && process.env.CI === "true") {
    throw new Error(`expected ${name} on the PATH (Debian package ${debianPackage}), found none`);
  }
  return found;
}
