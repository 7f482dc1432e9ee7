import { readFileSync } from "node:fs";
import { createProject, run } from "../packaging/packed.ts";
import { createProgram } from "./programs.ts";
import { OPEN_TELEMETRY_PACKAGES, type Row } from "./rows.ts";

/** A row and, when it failed, why. */
export interface RowResult {
  readonly row: Row;
  readonly problem?: string;
}

const checkProgram = readFileSync(new URL("check.mjs", import.meta.url), "utf8");

/** Tarballs that a row installs; the commands of the simulator bring their own dependencies. */
const INSTALLED = ["core", "axios", "simulator"] as const;

function dependenciesOf({ axios, axiosRetry, promClient, openTelemetry }: Row): Record<string, string> {
  return {
    axios,
    "axios-retry": axiosRetry,
    "prom-client": promClient,
    ...OPEN_TELEMETRY_PACKAGES[openTelemetry],
  };
}

/** Rows with the same dependencies share one project. */
function groupByProject(rows: readonly Row[]): Row[][] {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const key = JSON.stringify(dependenciesOf(row));
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups.values()];
}

const binaries = new Map<string, string>();

/** The Node of this version; the npm package `node` brings it where it is not the one that runs. */
export function findNode(version: string): string {
  if (version === process.versions.node) return process.execPath;
  const known = binaries.get(version);
  if (known !== undefined) return known;
  const found = run("npx", ["--yes", `node@${version}`, "-p", "process.execPath"], process.cwd()).trim();
  binaries.set(version, found);
  return found;
}

/** What went wrong, if anything. */
export function attempt(work: () => unknown): { problem?: string } {
  try {
    work();
    return {};
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

function runGroup(tarballs: Record<string, string>, rows: readonly Row[]): RowResult[] {
  const [first] = rows;
  if (!first) return [];
  const ours = Object.fromEntries(INSTALLED.map((name) => [name, tarballs[name] ?? ""]));
  const project = createProject(ours, dependenciesOf(first));
  try {
    project.write("check.mjs", checkProgram);
    return rows.map((row) => {
      const { file, text } = createProgram(row);
      project.write(file, text);
      return { row, ...attempt(() => run(findNode(row.node), [file], project.folder)) };
    });
  } finally {
    project.remove();
  }
}

/** Installs the tarballs beside what each row says and runs the check in it. */
export function runRows(
  tarballs: Record<string, string>,
  rows: readonly Row[],
  report: (result: RowResult) => void = () => {},
): RowResult[] {
  return groupByProject(rows).flatMap((group) => {
    const results = runGroup(tarballs, group);
    for (const result of results) report(result);
    return results;
  });
}
