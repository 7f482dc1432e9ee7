/**
 * `npm run matrix [-- --json]`: the packed packages beside every supported version of what they work with, and in every
 * bundler. Its sibling `npm run matrix:monitoring` has what reads the metrics.
 */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { type BundlerResult, runBundlers } from "../bundled/run-bundlers.ts";
import { packAll } from "../packaging/packed.ts";
import { renderFetchPage } from "./fetch-page.ts";
import { renderPage } from "./page.ts";
import { createRows, TYPED_AXIOS, TYPESCRIPT_VERSIONS } from "./rows.ts";
import { FETCH_RUNTIMES, type FetchResult, runFetch } from "./run-fetch.ts";
import { type RowResult, runRows } from "./run-rows.ts";
import { runTypes } from "./run-types.ts";
import { renderZeroCodePage } from "./zero-code/page.ts";
import { runZeroCode, type ZeroCodeResult } from "./zero-code/run-zero-code.ts";

const { values } = parseArgs({ options: { json: { type: "boolean", default: false } } });
const say = (line: string): void => void process.stdout.write(`${line}\n`);

function report({ row, problem }: RowResult): void {
  const { axios, axiosRetry, promClient, openTelemetry, node, module } = row;
  const parts = `axios ${axios}, axios-retry ${axiosRetry}, prom-client ${promClient}, ${openTelemetry}`;
  say(`${problem === undefined ? "ok    " : "FAILS "} Node ${node}, ${module}, ${parts}`);
  if (problem !== undefined) say(problem);
}

function reportFetch({ runtime: { name, version }, problem }: FetchResult): void {
  say(`${problem === undefined ? "ok    " : "FAILS "} fetch on ${name} ${version}`);
  if (problem !== undefined) say(problem);
}

function reportZeroCode({ row: { setup, node, module, before, through }, problem }: ZeroCodeResult): void {
  const mark = problem === undefined ? "ok    " : "FAILS ";
  say(`${mark} ${before} on Node ${node}, ${module}, ${setup}: ${through.join(", ")}`);
  if (problem !== undefined) say(problem);
}

function reportBundler({ name, facts, problem }: BundlerResult): void {
  say(`${problem === undefined ? "ok    " : "FAILS "} bundled with ${name}: ${problem ?? facts}`);
}

function writePage(path: string, text: string): void {
  const file = new URL(`../../packages/${path}`, import.meta.url);
  mkdirSync(new URL(".", file), { recursive: true });
  writeFileSync(file, text);
}

const packed = packAll();
try {
  const rows = runRows(packed.tarballs, createRows(), report);
  const types = TYPED_AXIOS.flatMap((beside) => runTypes(packed.tarballs, beside, TYPESCRIPT_VERSIONS));
  for (const { typescript, axios, problem } of types) {
    say(`${problem === undefined ? "ok    " : "FAILS "} TypeScript ${typescript}, axios ${axios}`);
    if (problem !== undefined) say(problem);
  }
  const runtimes = await runFetch(packed.tarballs, FETCH_RUNTIMES, reportFetch);
  const zeroCode = await runZeroCode(packed.tarballs, reportZeroCode);
  const bundlers = await runBundlers("", reportBundler);
  const failed = [...rows, ...types, ...runtimes, ...zeroCode, ...bundlers].filter(
    ({ problem }) => problem !== undefined,
  ).length;
  const date = new Date().toISOString().slice(0, 10);
  writePage("axios/docs/compatibility.md", renderPage(date, rows, types, bundlers));
  writePage("fetch/docs/compatibility.md", renderFetchPage(date, runtimes));
  writePage("register/docs/compatibility.md", renderZeroCodePage(date, zeroCode));
  const runs = rows.length + runtimes.length + zeroCode.length + bundlers.length;
  say(`${runs} runs, ${types.length} type checks, ${failed} failed`);
  say("Prometheus, Alertmanager and VictoriaMetrics, by generation: npm run matrix:monitoring");
  if (values.json) say(JSON.stringify({ runs, typeChecks: types.length, bundlers: bundlers.length, failed }));
  process.exitCode = failed === 0 ? 0 : 1;
} finally {
  rmSync(packed.folder, { recursive: true, force: true });
}
