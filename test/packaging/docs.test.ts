import { rmSync } from "node:fs";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { type Simulator, startSimulator } from "@intercom-telemetry/simulator";
import { transform } from "esbuild";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { parseAllDocuments } from "yaml";
import { at, type Block, isProgram, readBlocks } from "../docs/blocks.ts";
import { readPages } from "../docs/pages.ts";
import { runFile } from "../docs/run-blocks.ts";
import { schemaErrors } from "../examples/kubernetes-schemas.ts";
import { startStub } from "../exporter/stubs.ts";
import { createProject, packAll, run } from "./packed.ts";

/** What the pages tell a reader to install beside our packages. The SDKs 5 and 6 stand beside 7 here. */
const DEPENDENCIES = {
  axios: "1.21.1",
  "axios-retry": "4.5.0",
  "intercom-client": "7.0.3",
  "intercom-client-5": "npm:intercom-client@5.0.0",
  "intercom-client-6": "npm:intercom-client@6.4.0",
  ky: "1.9.1",
  "prom-client": "15.1.3",
  undici: "6.29.1",
  "@nestjs/axios": "4.0.1",
  "@nestjs/common": "11.2.10",
  "@nestjs/core": "11.2.10",
  "reflect-metadata": "0.2.2",
  rxjs: "7.8.2",
  "@opentelemetry/api": "1.9.1",
  "@opentelemetry/exporter-metrics-otlp-proto": "0.223.0",
  "@opentelemetry/instrumentation": "0.223.0",
  "@opentelemetry/sdk-metrics": "2.12.1",
  "@opentelemetry/sdk-node": "0.223.0",
};

const pages = readPages().filter(({ file }) => /^(README\.md$|packages\/site\/)/.test(file));
const blocks = pages.flatMap(readBlocks);
const programs = blocks.filter((block) => isProgram(block) && block.run);

/** As a reader saves it: CommonJS where it says `require`, and without types, which a reader's own tools take out. */
async function toFile({ text, language, sdk }: Block, name: string): Promise<{ name: string; code: string }> {
  const extension = /\brequire\(/.test(text) ? "cjs" : "mjs";
  const { code } = await transform(text, {
    loader: language === "ts" ? "ts" : "js",
    target: "node20",
    tsconfigRaw: { compilerOptions: { experimentalDecorators: true } },
  });
  const withSdk = sdk === "7" ? code : code.replace('"intercom-client"', `"intercom-client-${sdk}"`);
  return { name: `${name}.${extension}`, code: withSdk };
}

describe("the site with the packed packages, in an empty folder", () => {
  let packed: ReturnType<typeof packAll>;
  let project: ReturnType<typeof createProject>;
  let simulator: Simulator;

  beforeAll(async () => {
    packed = packAll();
    project = createProject(packed.tarballs, DEPENDENCIES);
    simulator = await startSimulator();
  });

  afterAll(async () => {
    await simulator?.close();
    project?.remove();
    if (packed) rmSync(packed.folder, { recursive: true, force: true });
  });

  async function runProgram(block: Block, variables?: Readonly<Record<string, string>>) {
    const { name, code } = await toFile(block, at(block).replace(/\W+/g, "-"));
    project.write(name, code);
    return runFile(join(project.folder, name), block, simulator.url, variables);
  }

  it.concurrent.each(programs.map((block) => [at(block), block] as const))(
    "runs the program of %s",
    async (_, block) => {
      expect(await runProgram(block)).toBeUndefined();
    },
  );

  it.each(["otlp", "short-jobs"])(
    "delivers the metrics of the first program of %s over OTLP, when it has ended",
    async (page) => {
      const received: Buffer[] = [];
      const receiver = await startStub(async (request, response) => {
        if (request.url === "/v1/metrics") received.push(await buffer(request));
        response.end();
      });
      onTestFinished(async () => {
        await receiver.close();
      });
      const [block] = programs.filter(({ file }) => file.endsWith(`/${page}.md`));
      expect(
        block && (await runProgram(block, { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url })),
      ).toBeUndefined();
      expect(Buffer.concat(received).toString("latin1")).toContain("intercom_client_requests_total");
    },
  );

  it("writes resources that a cluster takes, with the configuration that the page about Kubernetes shows", () => {
    const config = blocks.find(
      ({ file, text }) => file.endsWith("kubernetes.md") && /^dashboards:/.test(text),
    );
    project.write("intercom-telemetry.yaml", config?.text ?? "");
    const words = ["intercom-telemetry", "dashboards", "write", "monitoring/", "--target", "kubernetes"];
    run("npx", words, project.folder);
    const text = run(
      "sh",
      ["-c", "for file in monitoring/kubernetes/*.yaml; do echo ---; cat $file; done"],
      project.folder,
    );
    const resources = parseAllDocuments(text).flatMap((document) => document.toJS() ?? []);
    expect(resources.flatMap(schemaErrors)).toEqual([]);
    expect(new Set(resources.map(({ kind }) => kind))).toEqual(new Set(["PrometheusRule", "ConfigMap"]));
    expect(text).toContain("release: kube-prometheus-stack");
  });
});
