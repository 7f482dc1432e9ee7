import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { delimiter, join } from "node:path";
import { ROOT } from "../child-process.ts";
import { MissingProgramsError, unpackPackages } from "./debian-packages.ts";

/** What people run: an older and a newer generation of the programs. */
export type Generation = "older" | "newer";

interface Release {
  /** Debian suites that may have these versions, the most likely first. */
  readonly suites: readonly string[];
  /** The version that each package must have, without what may differ. */
  readonly packages: Readonly<Record<string, string>>;
}

const RELEASES: Readonly<Record<Generation, Release>> = {
  older: { suites: ["bookworm"], packages: { prometheus: "2.42", "prometheus-alertmanager": "0.25" } },
  newer: {
    suites: ["forky", "sid"],
    packages: {
      prometheus: "3.5",
      promtool: "3.5",
      "prometheus-alertmanager": "0.33",
      "victoria-metrics": "1.145",
    },
  },
};

/** Both generations. */
export const GENERATIONS: readonly Generation[] = ["older", "newer"];

/** Version of Prometheus in a generation, e.g. `3.5`. */
export const prometheusVersion = (generation: Generation): string =>
  RELEASES[generation].packages.prometheus ?? "";

/** Version of Alertmanager in a generation, e.g. `0.33`. */
export const alertmanagerVersion = (generation: Generation): string =>
  RELEASES[generation].packages["prometheus-alertmanager"] ?? "";

const CACHE = join(ROOT, "node_modules/.cache/monitoring");

/** Whole or not at all: several processes may fetch at the same time, and the first to end wins. */
function keep(programs: string, folder: string): void {
  try {
    renameSync(programs, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
  }
}

function unpackSuite(suite: string, packages: Release["packages"], folder: string): void {
  const place = mkdtempSync(`${folder}-`);
  try {
    const found = unpackPackages(suite, Object.keys(packages), place);
    for (const [name, version] of Object.entries(packages)) {
      const got = found.get(name);
      if (!got?.startsWith(`${version}.`)) {
        throw new MissingProgramsError(`expected ${name} ${version}, got ${got}`);
      }
    }
    keep(join(place, "usr/bin"), folder);
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

function unpackRelease({ suites, packages }: Release, folder: string): void {
  const problems: string[] = [];
  for (const suite of suites) {
    try {
      unpackSuite(suite, packages, folder);
      return;
    } catch (error) {
      if (!(error instanceof MissingProgramsError)) throw error;
      problems.push(`${suite}: ${error.message}`);
    }
  }
  throw new MissingProgramsError(problems.join("\n"));
}

/**
 * Folder with the programs of a generation; fetched from Debian the first time.
 *
 * @throws MissingProgramsError where they cannot be had.
 */
export function fetchPrograms(generation: Generation): string {
  const release = RELEASES[generation];
  const versions = Object.entries(release.packages).map((pair) => pair.join("-"));
  const folder = join(CACHE, versions.join("_"));
  if (!existsSync(folder)) {
    mkdirSync(CACHE, { recursive: true });
    unpackRelease(release, folder);
  }
  return folder;
}

/** A PATH on which the programs of a generation come first. */
export function pathWith(generation: Generation): string {
  return [fetchPrograms(generation), process.env.PATH ?? ""].join(delimiter);
}
