import { fetchPrograms, type Generation, MissingProgramsError } from "@intercom-telemetry/local-prometheus";

/**
 * Folder with the programs of a generation, or `undefined` where they cannot be had. The tests that need them are then
 * skipped by name, except in continuous integration, where they must run.
 */
export function findPrograms(generation: Generation): string | undefined {
  try {
    return fetchPrograms(generation);
  } catch (error) {
    if (!(error instanceof MissingProgramsError) || process.env.CI === "true") throw error;
    return undefined;
  }
}

/** Name of a test that says why it may be skipped. */
export const needsPrograms = (generation: Generation, name: string): string =>
  findPrograms(generation) === undefined
    ? `${name} (skipped: the ${generation} programs cannot be had here)`
    : name;
