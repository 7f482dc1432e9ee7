/**
 * `npm run matrix:monitoring [-- --json]`: rules, alerts, panels and routes on the systems that people run. Exits with
 * 3 where the programs cannot be had, which is not a pass.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import {
  alertmanagerVersion,
  fetchPrograms,
  GENERATIONS,
  type Generation,
  MissingProgramsError,
  pathWith,
  prometheusVersion,
} from "@intercom-telemetry/local-prometheus";
import { compareResults, type Difference } from "./compare/compare.ts";
import { explain } from "./compare/explanations.ts";
import { listQueries, type ResultsByPlace } from "./compare/results.ts";

import type { OtlpDifferences } from "./otlp/main.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const CANNOT_RUN = 3;
/** Rules, alert tests and panels, as they are tested every day, with the programs that are on the PATH. */
const PROMETHEUS_TESTS = ["promtool-check", "alerts", "cases", "history"].map(
  (name) => `test/dashboards/${name}.process.test.ts`,
);

const { values } = parseArgs({ options: { json: { type: "boolean", default: false } } });
const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** Runs Node with the programs of a generation first on the PATH. */
function runNode(generation: Generation, args: readonly string[]): boolean {
  const env = { ...process.env, PATH: pathWith(generation), TSX_TSCONFIG_PATH: `${ROOT}tsconfig.base.json` };
  return spawnSync(process.execPath, args, { cwd: ROOT, env, stdio: ["ignore", 2, 2] }).status === 0;
}

function runTests(generation: Generation, files: readonly string[], name?: string): boolean {
  const only = name === undefined ? [] : ["--testNamePattern", name];
  const args = ["run", "--config", "test/vitest.config.ts", ...only, ...files];
  return runNode(generation, ["node_modules/vitest/vitest.mjs", ...args]);
}

/** What a script of `test/monitoring` writes as JSON; `undefined` when it fails. */
function collect<Result>(generation: Generation, script: string, folder: string): Result | undefined {
  const output = join(folder, `${generation}-${script.replace("/", "-")}.json`);
  const args = ["--import", `${ROOT}node_modules/tsx/dist/loader.mjs`, `test/monitoring/${script}.ts`];
  return runNode(generation, [...args, output]) ? JSON.parse(readFileSync(output, "utf8")) : undefined;
}

function report(ok: boolean, what: string): boolean {
  say(`${ok ? "ok    " : "FAILS "} ${what}`);
  return ok;
}

/** Queries on which two systems differ without a known reason. */
function countDifferences(
  what: string,
  left: ResultsByPlace | undefined,
  right: ResultsByPlace | undefined,
  isExplained: (difference: Difference) => boolean,
): number {
  if (left === undefined || right === undefined) return listQueries().length;
  const all = compareResults(left, right);
  const found = all.filter((difference) => !isExplained(difference));
  const withValues = Object.values(right).filter((series) => Object.keys(series).length > 0).length;
  say(`${what}: ${withValues} queries with values, ${all.length - found.length} values explained`);
  const byQuery = new Map(found.map((difference) => [difference.where, difference]));
  for (const { where, series, epochSeconds, left: one, right: other } of byQuery.values()) {
    say(`differs ${what}: ${where} {${series}} at ${epochSeconds}: ${one} and ${other}`);
  }
  return byQuery.size;
}

type Verdict = "equal" | "different";

/** Whether metrics over OTLP are those of a scrape and of Intercom's ledger, and shipped queries that see a difference. */
function compareOtlp(folder: string): {
  readonly verdicts: Readonly<Record<"series" | "ledger", Verdict>>;
  readonly queries: number;
} {
  const found = collect<OtlpDifferences>("newer", "otlp/main", folder);
  for (const line of Object.values(found ?? {}).flat()) say(`differs over OTLP: ${line}`);
  const verdict = (lines: readonly string[] | undefined): Verdict =>
    lines?.length === 0 ? "equal" : "different";
  const verdicts = { series: verdict(found?.series), ledger: verdict(found?.ledger) };
  const isSame = Object.values(verdicts).every((each) => each === "equal");
  report(isSame, "OTLP into VictoriaMetrics, beside a scrape");
  return { verdicts, queries: found?.queries.length ?? listQueries().length };
}

function run(folder: string): Record<string, unknown> {
  const prometheus: Record<string, boolean> = {};
  const alertmanager: Record<string, boolean> = {};
  for (const generation of GENERATIONS) {
    const [version, receiver] = [prometheusVersion(generation), alertmanagerVersion(generation)];
    prometheus[version] = report(runTests(generation, PROMETHEUS_TESTS), `Prometheus ${version}`);
    const routes = runTests(
      generation,
      ["test/monitoring/live/alertmanager.process.test.ts"],
      `${generation} Alertmanager`,
    );
    alertmanager[receiver] = report(routes, `Alertmanager ${receiver}`);
  }
  const older = collect<ResultsByPlace>("older", "compare/ask-prometheus", folder);
  const newer = collect<ResultsByPlace>("newer", "compare/ask-prometheus", folder);
  const store = collect<ResultsByPlace>("newer", "compare/ask-victoria-metrics", folder);
  const live = runTests("newer", ["test/monitoring/live/victoria-metrics.process.test.ts"]);
  const victoriametrics = report(live && store !== undefined, "VictoriaMetrics, vmagent and vmalert");
  const otlp = compareOtlp(folder);
  const differences =
    otlp.queries +
    countDifferences("between versions of Prometheus", older, newer, () => false) +
    countDifferences("in VictoriaMetrics", newer, store, (difference) => explain(difference) !== undefined);
  const queries = Object.keys(newer ?? {}).length;
  return { prometheus, alertmanager, victoriametrics, otlp: otlp.verdicts, queries, differences };
}

function isGood(value: unknown): boolean {
  if (typeof value === "object" && value !== null) return Object.values(value).every(isGood);
  return value !== false && value !== "different";
}

const folder = mkdtempSync(join(tmpdir(), "matrix-monitoring-"));
try {
  for (const generation of GENERATIONS) fetchPrograms(generation);
  const result = run(folder);
  say(`${result.queries} queries, ${result.differences} differences`);
  if (values.json) say(JSON.stringify(result));
  process.exitCode = isGood(result) && result.differences === 0 && result.queries !== 0 ? 0 : 1;
} catch (error) {
  if (!(error instanceof MissingProgramsError)) throw error;
  say(`cannot run: the programs cannot be had on this machine\n${error.message}`);
  process.exitCode = CANNOT_RUN;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
