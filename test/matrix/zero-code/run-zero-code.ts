import { execFile } from "node:child_process";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { promisify } from "node:util";
import { startSimulator } from "@intercom-telemetry/simulator";
import { createProject } from "../../packaging/packed.ts";
import { findNode } from "../run-rows.ts";
import { createZeroCodeProgram, requestsOf, wordsBefore } from "./programs.ts";
import { createZeroCodeRows, SETUPS, type Setup, type ZeroCodeRow } from "./rows.ts";

/** A row and, when it failed, why. */
export interface ZeroCodeResult {
  readonly row: ZeroCodeRow;
  readonly problem?: string | undefined;
}

const execute = promisify(execFile);

const LIBRARIES = {
  axios: "1.21.1",
  "intercom-client-5": "npm:intercom-client@5.0.0",
  "intercom-client-6": "npm:intercom-client@6.4.0",
  "intercom-client-7": "npm:intercom-client@7.0.3",
  "prom-client": "15.1.3",
};

const INSTALLED = ["core", "axios", "fetch", "exporter", "register"] as const;

/** Loaded last: prints what the page of metrics says once the program has done its work. It may end before there is one. */
const READ_PAGE = `
const page = "http://127.0.0.1:" + process.env.INTERCOM_TELEMETRY_PORT + "/metrics";
const wait = () => new Promise((resolve) => setTimeout(resolve, 50));
async function readPage(patience = 200) {
  try {
    return await (await fetch(page)).text();
  } catch (error) {
    if (patience === 0) throw error;
    await wait();
    return readPage(patience - 1);
  }
}
const COUNTED = /^intercom_client_requests_total\\{.*method="(\\w+)",url_template="([^"]+)".*\\} (\\d+)$/;
// The thread of Node's module hooks runs this file, too.
if (require("node:worker_threads").isMainThread) process.once("beforeExit", async () => {
  for (const line of (await readPage()).split("\\n")) {
    const [, method, template, count = 0] = COUNTED.exec(line) ?? [];
    for (let each = 0; each < Number(count); each += 1) console.log("counted: " + method + " " + template);
  }
});
`;

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

const linesOf = (output: string, pattern: RegExp): string[] =>
  [...output.matchAll(pattern)].map(([, text]) => text ?? "").sort();

function compare(what: string, found: readonly string[], expected: readonly string[]): string[] {
  return found.join() === expected.join() ? [] : [`${what}: expected ${expected}, got ${found}`];
}

async function runRow(row: ZeroCodeRow, folder: string): Promise<ZeroCodeResult> {
  const simulator = await startSimulator();
  const { file } = createZeroCodeProgram(row);
  const words = [...wordsBefore(row.before, row.module), "--require", "./read-page.cjs", file];
  const hasSdk = row.before !== "register";
  const env = {
    PATH: process.env.PATH,
    BASE_URL: simulator.url,
    INTERCOM_TELEMETRY_HOSTS: simulator.url,
    INTERCOM_TELEMETRY_METRICS: "prometheus",
    INTERCOM_TELEMETRY_PORT: String(await findFreePort()),
    OTEL_TRACES_EXPORTER: "console",
    OTEL_METRICS_EXPORTER: "none",
    OTEL_LOGS_EXPORTER: "none",
    OTEL_NODE_RESOURCE_DETECTORS: "none",
  };
  try {
    const options = { cwd: folder, env, timeout: 60_000, encoding: "utf8" as const };
    const { stdout, stderr } = await execute(findNode(row.node), words, options);
    const expected = requestsOf(row);
    const ledger = simulator.ledger.entries().map(({ method, urlTemplate }) => `${method} ${urlTemplate}`);
    const problems = [
      ...compare("ledger", ledger.sort(), expected),
      ...compare("counted", linesOf(stdout, /^counted: (.+)$/gm), expected),
      ...(hasSdk ? compare("spans", linesOf(stdout, /name: '(GET \/.+)'/g), expected) : []),
      // An SDK may have something to say about a newer Node; we have not.
      ...(hasSdk ? [] : compare("standard error", stderr.split("\n").filter(Boolean), [])),
    ];
    return { row, problem: problems.length === 0 ? undefined : `${problems.join("\n")}\n${stderr}` };
  } catch (error) {
    return { row, problem: error instanceof Error ? error.message : String(error) };
  } finally {
    await simulator.close();
  }
}

/** Installs the tarballs beside what each set-up says and runs its programs. */
export async function runZeroCode(
  tarballs: Readonly<Record<string, string>>,
  setups: readonly Setup[] = SETUPS,
  report: (result: ZeroCodeResult) => void = () => {},
): Promise<ZeroCodeResult[]> {
  const results: ZeroCodeResult[] = [];
  for (const setup of setups) {
    const ours = Object.fromEntries(INSTALLED.map((name) => [name, tarballs[name] ?? ""]));
    const project = createProject(ours, { ...LIBRARIES, ...setup.packages });
    project.write("read-page.cjs", READ_PAGE);
    try {
      for (const row of createZeroCodeRows([setup])) {
        const { file, text } = createZeroCodeProgram(row);
        project.write(file, text);
        const result = await runRow(row, project.folder);
        results.push(result);
        report(result);
      }
    } finally {
      project.remove();
    }
  }
  return results;
}
