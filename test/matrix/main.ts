/** `npm run matrix [-- --json]`: the packed packages beside every supported version of what they work with. */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { packAll } from "../packaging/packed.ts";
import { renderPage } from "./page.ts";
import { createRows, TYPED_AXIOS, TYPESCRIPT_VERSIONS } from "./rows.ts";
import { type RowResult, runRows } from "./run-rows.ts";
import { runTypes } from "./run-types.ts";

const { values } = parseArgs({ options: { json: { type: "boolean", default: false } } });
const say = (line: string): void => void process.stdout.write(`${line}\n`);

function report({ row, problem }: RowResult): void {
  const { axios, axiosRetry, promClient, openTelemetry, node, module } = row;
  const parts = `axios ${axios}, axios-retry ${axiosRetry}, prom-client ${promClient}, ${openTelemetry}`;
  say(`${problem === undefined ? "ok    " : "FAILS "} Node ${node}, ${module}, ${parts}`);
  if (problem !== undefined) say(problem);
}

const packed = packAll();
try {
  const rows = runRows(packed.tarballs, createRows(), report);
  const types = TYPED_AXIOS.flatMap((beside) => runTypes(packed.tarballs, beside, TYPESCRIPT_VERSIONS));
  for (const { typescript, axios, problem } of types) {
    say(`${problem === undefined ? "ok    " : "FAILS "} TypeScript ${typescript}, axios ${axios}`);
    if (problem !== undefined) say(problem);
  }
  const failed = [...rows, ...types].filter(({ problem }) => problem !== undefined).length;
  const folder = new URL("../../packages/axios/docs/", import.meta.url);
  mkdirSync(folder, { recursive: true });
  const date = new Date().toISOString().slice(0, 10);
  writeFileSync(new URL("compatibility.md", folder), renderPage(date, rows, types));
  say(`${rows.length} runs, ${types.length} type checks, ${failed} failed`);
  if (values.json) say(JSON.stringify({ runs: rows.length, typeChecks: types.length, failed }));
  process.exitCode = failed === 0 ? 0 : 1;
} finally {
  rmSync(packed.folder, { recursive: true, force: true });
}
