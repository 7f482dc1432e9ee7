import { cpSync, realpathSync, renameSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { startSimulator } from "@intercom-telemetry/simulator";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { createZeroCodeProject, findFreePort, runProgram } from "../matrix/zero-code/project.ts";
import { createZeroCodeRows, SETUPS } from "../matrix/zero-code/rows.ts";
import { runZeroCodeRows } from "../matrix/zero-code/run-zero-code.ts";
import { packAll } from "./packed.ts";

const [setup] = SETUPS;
if (!setup) throw new Error("expected a set-up");

const IMPORT = ["--import", "@intercom-telemetry/register"];
const REQUIRE = ["--require", "@intercom-telemetry/register"];
const CALL = `axios.get(process.env.BASE_URL + "/me", { headers: { Authorization: "Bearer demo-token" } })`;
const ESM = `import axios from "axios"; console.log((await ${CALL}).status);`;
const CJS = `const axios = require("axios"); ${CALL}.then(({ status }) => console.log(status));`;

describe("a program that knows nothing of us", () => {
  let packed: ReturnType<typeof packAll>;
  let project: ReturnType<typeof createZeroCodeProject>;

  beforeAll(() => {
    packed = packAll();
    project = createZeroCodeProject(packed.tarballs, setup);
  });

  afterAll(() => {
    project?.remove();
    if (packed) rmSync(packed.folder, { recursive: true, force: true });
  });

  /** Runs it with our variables; gives what it printed, and says in `counted:` lines what the page has. */
  async function run(args: readonly string[], variables: Readonly<Record<string, string>> = {}) {
    const simulator = await startSimulator();
    onTestFinished(() => simulator.close());
    const env = {
      BASE_URL: simulator.url,
      INTERCOM_TELEMETRY_HOSTS: simulator.url,
      INTERCOM_TELEMETRY_METRICS: "prometheus",
      INTERCOM_TELEMETRY_PORT: String(await findFreePort()),
      ...variables,
    };
    return runProgram({ node: process.execPath, folder: project.folder, args, env });
  }

  const withPage = (args: readonly string[], file: string) => [...args, "--require", "./read-page.cjs", file];

  it("is counted through axios, SDK 5, 6, 7 and fetch, in both module systems", async () => {
    const rows = createZeroCodeRows([{ ...setup, nodes: [process.versions.node], apart: false }]);
    const results = await runZeroCodeRows(project, rows);
    expect(results).toHaveLength(2);
    expect(results.flatMap(({ problem }) => problem ?? [])).toEqual([]);
  });

  it.each([
    ["an ES module that is started with --require", REQUIRE, "program.mjs", ESM],
    ["a CommonJS module that is started with --import", IMPORT, "program.cjs", CJS],
    ["one that is started with both", [...IMPORT, ...REQUIRE], "program.mjs", ESM],
  ])("is counted as %s", async (_, args, file, text) => {
    project.write(file, text);
    expect(await run(withPage(args, file))).toEqual({ stdout: "200\ncounted: GET /me\n", stderr: "" });
  });

  const hookOf = (module: string): string =>
    `import { register } from "node:module"; register(${JSON.stringify(module)}, import.meta.url);`;

  it.each([
    ["OpenTelemetry's own hook", "before", "@opentelemetry/instrumentation/hook.mjs"],
    ["OpenTelemetry's own hook", "after", "@opentelemetry/instrumentation/hook.mjs"],
    ["a hook of others", "before", "./pass-on.mjs"],
    ["a hook of others", "after", "./pass-on.mjs"],
  ])("is counted once where %s on imports is registered %s", async (_, when, module) => {
    project.write("pass-on.mjs", "export const load = (url, context, next) => next(url, context);");
    project.write("hook.mjs", hookOf(module));
    project.write("program.mjs", ESM);
    const hook = ["--import", "./hook.mjs"];
    const words = when === "before" ? [...hook, ...IMPORT] : [...IMPORT, ...hook];
    expect((await run(withPage(words, "program.mjs"))).stdout).toBe("200\ncounted: GET /me\n");
  });

  it("is counted through every copy of axios, an older one that is CommonJS among them", async () => {
    const copy = `${project.folder}/older/node_modules/axios`;
    cpSync(realpathSync("node_modules/axios-0.24"), copy, { recursive: true });
    project.write("older/axios.mjs", 'export { default } from "axios";');
    const text = `import older from "./older/axios.mjs"; console.log(older.VERSION, (await older${CALL.slice(5)}).status);`;
    project.write("program.mjs", `${ESM}\n${text}`);
    expect((await run(withPage(IMPORT, "program.mjs"))).stdout).toBe(
      "200\n0.24.0 200\ncounted: GET /me\ncounted: GET /me\n",
    );
  });

  it("runs without being measured, with a warning that holds no value, when a variable is wrong", async () => {
    project.write("program.mjs", ESM);
    const wrong = { INTERCOM_TELEMETRY_METRICS: "p4ssw0rd", INTERCOM_TELEMETRY_METRIC: "s3cret" };
    const { stdout, stderr } = await run([...IMPORT, "program.mjs"], wrong);
    expect(stdout).toBe("200\n");
    expect(stderr).toContain(
      'INTERCOM_TELEMETRY_METRICS: expected "otlp", "prometheus" or "none"; requests to Intercom are not recorded',
    );
    expect(stderr).toContain("INTERCOM_TELEMETRY_METRIC is not a variable of this package");
    expect(stderr).not.toMatch(/p4ssw0rd|s3cret/);
  });

  it("runs, and says what is missing, without prom-client or when the port is in use", async () => {
    project.write("program.cjs", CJS);
    const module = `${project.folder}/node_modules/prom-client`;
    renameSync(module, `${module}-away`);
    const without = await run([...REQUIRE, "program.cjs"]).finally(() =>
      renameSync(`${module}-away`, module),
    );
    expect(without.stdout).toBe("200\n");
    expect(without.stderr).toContain("npm install prom-client");

    const port = await findFreePort();
    const server = createServer().listen(port, "127.0.0.1");
    onTestFinished(() => void server.close());
    const busy = await run([...REQUIRE, "program.cjs"], { INTERCOM_TELEMETRY_PORT: String(port) });
    expect(busy.stdout).toBe("200\n");
    expect(busy.stderr).toContain("the port is in use");
  });

  it("needs no prom-client, and says so when nothing records its requests, without a page and an SDK", async () => {
    project.write("program.mjs", ESM);
    const { stdout, stderr } = await run([...IMPORT, "program.mjs"], { INTERCOM_TELEMETRY_METRICS: "otlp" });
    expect(stdout).toBe("200\n");
    expect(stderr).toContain("nothing records them");
  });

  it("loads no axios that it does not load itself", async () => {
    project.write(
      "program.cjs",
      `console.log(Object.keys(require.cache).filter((file) => /node_modules.axios/.test(file)));`,
    );
    expect((await run([...REQUIRE, "program.cjs"])).stdout).toBe("[]\n");
  });

  it("is measured by the line that sets it up, once it has one", async () => {
    const text = `import axios from "axios";
import { instrumentIntercom } from "@intercom-telemetry/axios";
import { Registry } from "prom-client";
const registry = new Registry();
instrumentIntercom(axios, { client: "explicit", hosts: [process.env.BASE_URL], registry });
await ${CALL};
console.log((await registry.metrics()).match(/requests_total.*client="(\\w+)".* 1$/m)[1]);`;
    project.write("program.mjs", text);
    expect((await run(withPage(IMPORT, "program.mjs"))).stdout).toBe("explicit\n");
  });

  it("is told that the page has not what its worker threads ask for", async () => {
    project.write("worker.mjs", ESM);
    project.write("program.mjs", `import { Worker } from "node:worker_threads"; new Worker("./worker.mjs");`);
    const { stdout, stderr } = await run([...IMPORT, "program.mjs"]);
    expect(stdout).toBe("200\n");
    expect(stderr).toContain("from worker threads are not on the page of metrics");
  });
});
