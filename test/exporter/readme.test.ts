import { readFile } from "node:fs/promises";
import { serveMetrics } from "@intercom-telemetry/exporter";
import { readBlock } from "@intercom-telemetry/guards/markdown";
import { expect, it } from "vitest";
import { exporterBlocks } from "../../packages/toolchain/src/readme/content.ts";
import { textRegistry } from "./registries.ts";

const readme = await readFile(new URL("../../packages/exporter/README.md", import.meta.url), "utf8");

it("the README names every option of serveMetrics", async () => {
  const wrong = { nonsense: true };
  const error = await serveMetrics({ registry: textRegistry(), ...wrong }).catch((caught) => caught);
  const options: string[] = /unknown key, expected one of (.*)$/.exec(error.message)?.[1]?.split(", ") ?? [];
  expect(options.length).toBeGreaterThan(5);
  for (const option of options) expect(readme).toMatch(new RegExp(`^\\|.*\`${option}\`.*\\|`, "m"));
});

it.each(Object.entries(exporterBlocks()))("the block %s is what the code says", (name, content) => {
  expect(readBlock(readme, name)).toBe(content);
});
