import { findProgram, MissingProgramsError, pathWith } from "@intercom-telemetry/local-prometheus";

const PROGRAMS = ["prometheus", "promtool", "prometheus-alertmanager"];
const PACKAGES = ["prometheus", "prometheus-alertmanager"];
const SETUP = new URL("../../../../packages/toolchain/src/system-packages.mjs", import.meta.url).href;

interface Setup {
  /** Installs Debian packages where that is possible, or says how to. */
  installSystemPackages(wanted: readonly string[]): void;
}

const areHere = (): boolean => PROGRAMS.every((name) => findProgram(name) !== undefined);

/** Tells whether the programs of the monitoring are here, after an attempt to install them; else says what is missing. */
export async function findPrograms(): Promise<boolean> {
  if (areHere()) return true;
  process.stdout.write("The dashboards need Prometheus and Alertmanager: ");
  const { installSystemPackages } = (await import(SETUP)) as Setup;
  try {
    installSystemPackages(PACKAGES);
  } catch (error) {
    console.log(error instanceof Error ? error.message : error);
  }
  return areHere();
}

/**
 * Puts VictoriaMetrics and what goes with it on the PATH; they come from a newer Debian and are unpacked, not installed.
 *
 * @throws Error that says why they cannot be had.
 */
export function usePipelinePrograms(): void {
  try {
    process.env.PATH = pathWith("newer");
  } catch (error) {
    if (!(error instanceof MissingProgramsError)) throw error;
    throw new Error(`--pipeline otlp needs VictoriaMetrics, which cannot be had here: ${error.message}`);
  }
}
