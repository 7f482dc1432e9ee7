import { readFileSync } from "node:fs";
import { replaceBlock } from "@intercom-telemetry/guards/markdown";
import { renderCommonErrors } from "../../core/scripts/common-errors/render.ts";
import { generatedFiles as dashboardFiles } from "../../dashboards/scripts/generated-sources.ts";
import { referenceBlocks } from "../../site/scripts/reference-blocks.ts";
import { exporterBlocks, fence, fetchBlocks } from "./readme/content.ts";
import { takeSampleOutput } from "./readme/sample-output.ts";

type Blocks = Readonly<Record<string, string>>;

const root = new URL("../../../", import.meta.url);

function fillIn(path: string, blocks: Blocks): string {
  return Object.entries(blocks).reduce(
    (text, [name, content]) => replaceBlock(text, name, content),
    readFileSync(new URL(path, root), "utf8"),
  );
}

/** The pages with generated parts. */
async function pages(): Promise<Readonly<Record<string, Blocks>>> {
  const sample = await takeSampleOutput();
  const reference = Object.entries(referenceBlocks()).map(([page, blocks]) => [
    `packages/site/${page}`,
    blocks,
  ]);
  return {
    "packages/site/start/what-you-get.md": { span: fence(sample.span), series: fence(sample.metrics) },
    "packages/fetch/README.md": fetchBlocks(),
    "packages/exporter/README.md": exporterBlocks(),
    ...Object.fromEntries(reference),
  };
}

/** Everything that is generated from the code, by its path in the repository. */
export async function generatedFiles(): Promise<Readonly<Record<string, string>>> {
  const { SDK_SAMPLES } = await import("../../simulator/scripts/generate-sdk-samples.ts");
  const filled = Object.entries(await pages()).map(([path, blocks]) => [path, fillIn(path, blocks)]);
  const dashboards = dashboardFiles().map(({ path, content }) => [`packages/dashboards/${path}`, content]);
  return {
    ...SDK_SAMPLES,
    "packages/core/docs/common-errors.md": renderCommonErrors(),
    ...Object.fromEntries(filled),
    ...Object.fromEntries(dashboards),
  };
}
