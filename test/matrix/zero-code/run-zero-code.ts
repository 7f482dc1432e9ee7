import { startSimulator } from "@intercom-telemetry/simulator";
import { attempt, findNode } from "../run-rows.ts";
import { argsBefore, createZeroCodeProgram, requestsOf } from "./programs.ts";
import { createZeroCodeProject, findFreePort, runProgram } from "./project.ts";
import { createZeroCodeRows, SETUPS, type ZeroCodeRow } from "./rows.ts";

/** A row and, when it failed, why. */
export interface ZeroCodeResult {
  readonly row: ZeroCodeRow;
  readonly problem?: string | undefined;
}

type Project = ReturnType<typeof createZeroCodeProject>;

const linesOf = (output: string, pattern: RegExp): string[] =>
  [...output.matchAll(pattern)].map(([, text]) => text ?? "").sort();

function expectSame(what: string, found: readonly string[], expected: readonly string[]): void {
  if (found.join() !== expected.join()) throw new Error(`${what}: expected ${expected}, got ${found}`);
}

/** Throws unless the program ends well, and ledger, page of metrics and spans agree on what it has done. */
async function checkRow(row: ZeroCodeRow, { folder, write }: Project, url: string): Promise<string[]> {
  const { file, text } = createZeroCodeProgram(row);
  write(file, text);
  const args = [...argsBefore(row.before, row.module), "--require", "./read-page.cjs", file];
  const env = {
    BASE_URL: url,
    INTERCOM_TELEMETRY_HOSTS: url,
    INTERCOM_TELEMETRY_METRICS: "prometheus",
    INTERCOM_TELEMETRY_PORT: String(await findFreePort()),
    OTEL_TRACES_EXPORTER: "console",
    OTEL_METRICS_EXPORTER: "none",
    OTEL_LOGS_EXPORTER: "none",
    OTEL_NODE_RESOURCE_DETECTORS: "none",
  };
  const { stdout, stderr } = await runProgram({ node: findNode(row.node), folder, args, env });
  const counted = linesOf(stdout, /^counted: (.+)$/gm);
  expectSame(`counted, ${stderr}`, counted, requestsOf(row));
  if (row.before === "register") expectSame("standard error", stderr.split("\n").filter(Boolean), []);
  else expectSame("spans", linesOf(stdout, /name: '(GET \/.+)'/g), counted);
  return counted;
}

/** Runs the programs of these rows in one project. */
export async function runZeroCodeRows(
  project: Project,
  rows: readonly ZeroCodeRow[],
  report: (result: ZeroCodeResult) => void = () => {},
): Promise<ZeroCodeResult[]> {
  const results: ZeroCodeResult[] = [];
  for (const row of rows) {
    const simulator = await startSimulator();
    const outcome = await checkRow(row, project, simulator.url).catch((error: unknown) => String(error));
    const ledger = simulator.ledger.entries().map(({ method, urlTemplate }) => `${method} ${urlTemplate}`);
    await simulator.close();
    const result =
      typeof outcome === "string"
        ? { row, problem: outcome }
        : { row, ...attempt(() => expectSame("ledger", ledger.sort(), outcome)) };
    results.push(result);
    report(result);
  }
  return results;
}

/** Installs the tarballs beside what each set-up says and runs its programs. */
export async function runZeroCode(
  tarballs: Readonly<Record<string, string>>,
  report: (result: ZeroCodeResult) => void,
): Promise<ZeroCodeResult[]> {
  const results: ZeroCodeResult[] = [];
  for (const setup of SETUPS) {
    const project = createZeroCodeProject(tarballs, setup);
    try {
      results.push(...(await runZeroCodeRows(project, createZeroCodeRows([setup]), report)));
    } finally {
      project.remove();
    }
  }
  return results;
}
