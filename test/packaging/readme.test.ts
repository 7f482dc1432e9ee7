import { execFile } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { type Simulator, startSimulator } from "@intercom-telemetry/simulator";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createProject, packAll, run } from "./packed.ts";
import { findBlock, readBlocks, toModule } from "./readme-blocks.ts";

const FILES = [
  "README.md",
  ...["axios", "core", "fetch", "exporter"].map((name) => `packages/${name}/README.md`),
];
const DEPENDENCIES = {
  axios: "1.21.1",
  "axios-retry": "4.5.0",
  "prom-client": "15.1.3",
  "@opentelemetry/api": "1.9.1",
  "@types/node": "20.19.0",
  typescript: "5.9.3",
};
/** What is about ky stands for many libraries, of which none is installed here. */
const blocks = FILES.flatMap((file) => readBlocks(file, ["ts"])).filter(({ text }) => !text.includes("ky."));
/** They need the SDK that they are about. */
const usesSdk5 = (text: string): boolean => text.includes("intercomSdk");

const tsconfig = (files: readonly string[]): string =>
  JSON.stringify({
    compilerOptions: {
      module: "nodenext",
      target: "es2022",
      strict: true,
      exactOptionalPropertyTypes: true,
      esModuleInterop: true,
      noEmit: true,
      skipLibCheck: true,
      types: ["node"],
    },
    files,
  });

describe("the code blocks of the READMEs", () => {
  let packed: ReturnType<typeof packAll>;
  let simulator: Simulator;
  const projects: Partial<Record<"5.0.0" | "7.0.3", ReturnType<typeof createProject>>> = {};
  const projectWith = (sdk: "5.0.0" | "7.0.3"): ReturnType<typeof createProject> => {
    projects[sdk] ??= createProject(packed.tarballs, { ...DEPENDENCIES, "intercom-client": sdk });
    return projects[sdk];
  };

  beforeAll(async () => {
    packed = packAll();
    simulator = await startSimulator({ apps: [{ name: "app", token: "demo-token" }] });
  });

  afterAll(async () => {
    await simulator?.close();
    for (const project of Object.values(projects)) project.remove();
    if (packed) rmSync(packed.folder, { recursive: true, force: true });
  });

  /** Runs a program of the README's, of which one call is made, and prints what it has counted. */
  function runCounting(file: string, program: string, call: string): Promise<string> {
    const project = projectWith("7.0.3");
    const withHosts = program.replace('client: "support"', `client: "support", hosts: ["${simulator.url}"]`);
    const last = `${call}.then(async () => { console.log(await register.metrics()); process.exit(); });`;
    project.write(file, `${withHosts}\n${last}\n`);
    return new Promise((resolve, reject) => {
      const env = { ...process.env, INTERCOM_ACCESS_TOKEN: "demo-token" };
      execFile(process.execPath, [file], { cwd: project.folder, env }, (error, stdout) => {
        if (error) reject(error);
        else resolve(stdout);
      });
    });
  }

  /** The quickstart against the simulator, at a port that is free. */
  function runQuickstart(file: string, program: string): Promise<string> {
    const here = program
      .replace("https://api.intercom.io", simulator.url)
      .replace("serveMetrics({ registry: register })", "serveMetrics({ registry: register, port: 0 })")
      .replace("main().catch(console.error);", "");
    return runCounting(file, here, "main()");
  }

  const COUNTED =
    'intercom_client_requests_total{client="support",method="GET",url_template="/me",status_code="200",error_code="",error_category="",retryable=""} 1';

  it("start with a program that runs as it stands in a project of ES modules", async () => {
    const printed = await runQuickstart("quickstart.mjs", findBlock("quickstart").text);
    expect(printed).toMatch(/^admin \d+; metrics at http:\/\/127\.0\.0\.1:\d+\/metrics$/m);
    expect(printed).toContain(COUNTED);
  });

  it("and, with the lines that the README gives, in a project of CommonJS modules", async () => {
    const [, body = ""] = findBlock("quickstart").text.split(/(?<=prom-client";\n)/);
    const printed = await runQuickstart("quickstart.cjs", findBlock("quickstart: CommonJS").text + body);
    expect(printed).toContain(COUNTED);
  });

  it("measure the official SDK 7", async () => {
    const program = findBlock("official SDK 7").text.replace(
      "  token,\n",
      `  token,\n  environment: "${simulator.url}",\n`,
    );
    expect(await runCounting("sdk-7.mjs", program, "intercom.admins.identify()")).toContain(COUNTED);
  });

  it.each<["mts" | "cts", string]>([
    ["mts", "ES modules"],
    ["cts", "CommonJS modules"],
  ])("compile strictly as .%s: %s", (extension) => {
    for (const sdk of ["5.0.0", "7.0.3"] as const) {
      const { folder, write } = projectWith(sdk);
      const files = blocks
        .filter(({ text }) => usesSdk5(text) === (sdk === "5.0.0"))
        .map((block) => {
          const name = `${block.file.replace(/\W+/g, "-")}-${block.line}.${extension}`;
          write(name, toModule(block, extension));
          return name;
        });
      expect(files.length).toBeGreaterThan(0);
      write(`tsconfig.${extension}.json`, tsconfig(files));
      run(join(folder, "node_modules/.bin/tsc"), ["-p", `tsconfig.${extension}.json`], folder);
    }
  });
});
