import { findProgram } from "@intercom-telemetry/local-prometheus";

/**
 * Finds a program on the PATH. Where it is missing the tests that need it are skipped by name, except in continuous
 * integration, where they must run.
 */
export function findBinary(name: string, debianPackage = "prometheus"): string | undefined {
  const found = findProgram(name);
  if (found === undefined && process.env.CI === "true") {
    throw new Error(`expected ${name} on the PATH (Debian package ${debianPackage}), found none`);
  }
  return found;
}
