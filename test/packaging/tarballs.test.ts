import { rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createProject, PUBLISHED, packAll, run } from "./packed.ts";
import { TYPED_PROGRAM } from "./typed-program.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

const USE_IT = `
const instance = axios.create({ baseURL: "https://api.intercom.io", adapter: async (config) => ({
  status: 429, statusText: "", config, headers: { "x-ratelimit-limit": "167", "x-ratelimit-remaining": "0" },
  data: '{"type":"error.list","errors":[{"code":"rate_limit_exceeded"}]}',
}) });
const registry = new Registry();
instrumentIntercom(instance, { registry });
instance.get("/contacts/5f0").then(async () => {
  const text = await registry.metrics();
  const line = text.split("\\n").find((each) => each.endsWith(" 1") && each.includes("rate_limit_exceeded"));
  console.log(line);
});
`;

const EXPECTED_LINE =
  'intercom_client_requests_total{client="default",method="GET",url_template="/contacts/{id}",status_code="429",error_code="rate_limit_exceeded",error_category="rate_limit",retryable="true"} 1';

const tsconfig = (module: string, moduleResolution: string) =>
  JSON.stringify({
    compilerOptions: {
      module,
      moduleResolution,
      target: "es2022",
      strict: true,
      exactOptionalPropertyTypes: true,
      noEmit: true,
      skipLibCheck: false,
      types: ["node"],
      esModuleInterop: true,
    },
    files: ["typed.ts"],
  });

/** What every tarball may hold, and what one of them holds besides. */
const PACKED =
  /^package\/(?:LICENSE|README\.md|package\.json|dist\/(?:[\w-]+\.(?:c?js|d\.c?ts)|sbom\.cdx\.json))$/;
const PACKED_BESIDE: Readonly<Record<string, RegExp>> = {
  dashboards: /^package\/(?:generated\/[\w./-]+\.(?:ya?ml|json|libsonnet|lint)|runbooks\/[\w-]+\.md)$/,
};

describe("the packed tarballs", () => {
  let packed: ReturnType<typeof packAll>;
  const listFiles = (name: string): string[] =>
    run("tar", ["-tzf", packed.tarballs[name] ?? ""], root)
      .trim()
      .split("\n")
      .sort();
  let project: ReturnType<typeof createProject>;

  beforeAll(() => {
    packed = packAll();
    project = createProject(packed.tarballs, {
      axios: "1.21.1",
      "axios-retry": "4.5.0",
      "prom-client": "15.1.3",
      "@opentelemetry/api": "1.9.1",
      "@types/node": "20.19.0",
      typescript: "5.9.3",
    });
  });

  afterAll(() => {
    project?.remove();
    if (packed) rmSync(packed.folder, { recursive: true, force: true });
  });

  it("run in a project of ES modules", () => {
    const imports =
      'import axios from "axios";\nimport { Registry } from "prom-client";\nimport { instrumentIntercom } from "@intercom-telemetry/axios";\n';
    project.write("use.mjs", imports + USE_IT);
    expect(run(process.execPath, ["use.mjs"], project.folder).trim()).toBe(EXPECTED_LINE);
  });

  it("run in a project of CommonJS modules", () => {
    const requires =
      'const axios = require("axios");\nconst { Registry } = require("prom-client");\nconst { instrumentIntercom } = require("@intercom-telemetry/axios");\n';
    project.write("use.cjs", requires + USE_IT);
    expect(run(process.execPath, ["use.cjs"], project.folder).trim()).toBe(EXPECTED_LINE);
  });

  it.each([
    ["nodenext", "nodenext"],
    ["preserve", "bundler"],
    ["commonjs", "node10"],
  ])("are typed for a TypeScript project with module %s", (module, resolution) => {
    project.write("typed.ts", TYPED_PROGRAM);
    project.write(`tsconfig.${module}.json`, tsconfig(module, resolution));
    run("npx", ["tsc", "-p", `tsconfig.${module}.json`], project.folder);
  });

  it.each(PUBLISHED)("of %s pass publint", (name) => {
    run(`${root}node_modules/.bin/publint`, [packed.tarballs[name] ?? "", "--strict"], root);
  });

  it.each(PUBLISHED)("of %s have types that resolve the way the code does", (name) => {
    const args = [packed.tarballs[name] ?? "", "--profile", "strict", "--format", "ascii"];
    run(`${root}node_modules/.bin/attw`, args, root);
  });

  it.each(PUBLISHED)(
    "of %s hold the build, the license and a README, and nothing that is not named here",
    (name) => {
      const files = listFiles(name);
      expect(files).toEqual(
        expect.arrayContaining(["package/LICENSE", "package/README.md", "package/package.json"]),
      );
      expect(files.filter((file) => !PACKED.test(file) && !PACKED_BESIDE[name]?.test(file))).toEqual([]);
      const main = name === "cli" ? "/dist/cli.js" : "/dist/index.js";
      expect(files.some((file) => file.endsWith(main))).toBe(true);
    },
  );

  it.each(PUBLISHED)(
    "of %s name real versions, run nothing and hold nothing of the machine that packed them",
    (name) => {
      const read = (file: string): string => run("tar", ["-xzOf", packed.tarballs[name] ?? "", file], root);
      const { scripts = {}, dependencies = {} } = JSON.parse(read("package/package.json"));
      expect(Object.keys(scripts).filter((script) => /install|^prepare/.test(script))).toEqual([]);
      for (const range of Object.values(dependencies)) expect(range).toMatch(/^\d+\.\d+\.\d+$/);
      for (const file of listFiles(name)) {
        const text = read(file);
        expect(text.includes(root), file).toBe(false);
        expect(text, file).not.toMatch(/sourceMappingURL|BEGIN [A-Z ]*PRIVATE KEY/);
      }
    },
  );
});
