import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildRules } from "@intercom-telemetry/dashboards";
import { hashSecret } from "@intercom-telemetry/exporter";
import { describe, expect, it, onTestFinished } from "vitest";
import { parse } from "yaml";
import { readConfigFile } from "../../packages/cli/src/config/config-file.ts";
import { readConfig } from "../../packages/cli/src/serve/read-config.ts";
import { schemaErrors } from "../examples/kubernetes-schemas.ts";
import { LOCALHOST_TLS } from "../exporter/tls-fixture.ts";
import { at, readBlocks } from "./blocks.ts";
import { readPages } from "./pages.ts";

const yaml = readPages()
  .flatMap(readBlocks)
  .filter(({ language }) => language === "yaml");
const blocks = yaml
  .filter(({ text }) => /^(serve|dashboards):/m.test(text))
  .map((block) => ({ place: at(block), text: block.text, content: parse(block.text) }));

describe("the configuration that the docs show", () => {
  it("is accepted by the dashboards", () => {
    const sections = blocks.filter(({ content }) => content.dashboards !== undefined);
    expect(sections.length).toBeGreaterThan(3);
    for (const { place, content } of sections) {
      expect(() => buildRules(content.dashboards), place).not.toThrow();
    }
  });

  it("is accepted by serve", async () => {
    const folder = await mkdtemp(join(tmpdir(), "docs-"));
    onTestFinished(() => rm(folder, { recursive: true }));
    await mkdir(join(folder, "tls"));
    await writeFile(join(folder, "tls/cert.pem"), LOCALHOST_TLS.cert);
    await writeFile(join(folder, "tls/key.pem"), LOCALHOST_TLS.key, { mode: 0o600 });
    const hash = await hashSecret("password");
    const sections = blocks.filter(({ content }) => content.serve !== undefined);
    expect(sections.length).toBeGreaterThan(1);
    for (const { place, text } of sections) {
      const file = join(folder, "intercom-telemetry.yaml");
      await writeFile(file, text.replace("scrypt1:...", hash));
      const { clients } = await readConfig(await readConfigFile(file));
      expect(clients.length, place).toBeGreaterThan(0);
    }
  });
});

it("the Kubernetes resources that the docs show are valid by their schemas", () => {
  const resources = yaml.filter(({ text }) => /^apiVersion:/m.test(text));
  expect(resources.length).toBeGreaterThan(2);
  for (const block of resources) expect(schemaErrors(parse(block.text)), at(block)).toEqual([]);
});
