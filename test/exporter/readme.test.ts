import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { hashSecret, serveMetrics } from "@intercom-telemetry/exporter";
import { expect, it } from "vitest";
import { readConfig } from "../../packages/cli/src/serve/read-config.ts";
import { readBlock } from "../setup/readme/blocks.ts";
import { exporterBlocks } from "../setup/readme/content.ts";
import { textRegistry } from "./registries.ts";
import { LOCALHOST_TLS } from "./tls-fixture.ts";

const readme = await readFile(new URL("../../packages/exporter/README.md", import.meta.url), "utf8");

it("the configuration that the README shows is accepted as it stands", async () => {
  const folder = await mkdtemp(join(tmpdir(), "readme-"));
  const yaml = /```yaml\n(.*?)```/s.exec(readme)?.[1] ?? "";
  await mkdir(join(folder, "tls"));
  await writeFile(join(folder, "tls/cert.pem"), LOCALHOST_TLS.cert);
  await writeFile(join(folder, "tls/key.pem"), LOCALHOST_TLS.key);
  await writeFile(join(folder, "serve.yaml"), yaml.replace("scrypt1:...", await hashSecret("pw")));
  const { clients, metrics } = await readConfig(join(folder, "serve.yaml"));
  await rm(folder, { recursive: true });
  expect(clients.map(({ name }) => name)).toEqual(["billing", "support"]);
  expect(metrics).toMatchObject({ host: "0.0.0.0", auth: { scheme: "basic", username: "prometheus" } });
});

it("the README names every option of serveMetrics", async () => {
  const wrong = { nonsense: true };
  const error = await serveMetrics({ registry: textRegistry(), ...wrong }).catch((caught) => caught);
  const options: string[] = /expected only the options (.*), got/.exec(error.message)?.[1]?.split(", ") ?? [];
  expect(options.length).toBeGreaterThan(5);
  for (const option of options) expect(readme).toMatch(new RegExp(`^\\|.*\`${option}\`.*\\|`, "m"));
});

it.each(Object.entries(exporterBlocks()))("the block %s is what the code says", (name, content) => {
  expect(readBlock(readme, name)).toBe(content);
});
