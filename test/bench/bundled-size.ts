import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { root } from "../support/worker-bundle.ts";

/** What a service with the package in it grows by. */
export interface BundledSize {
  readonly bytes: number;
  readonly compressedBytes: number;
}

const SERVICE = 'export { instrumentIntercom } from "@intercom-telemetry/axios";';

/** Bundles and minifies what `instrumentIntercom` needs, from the built packages. */
export async function bundleService(): Promise<Uint8Array> {
  const { outputFiles } = await build({
    stdin: { contents: SERVICE, resolveDir: root },
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    platform: "node",
    target: "node20",
    external: ["axios", "prom-client", "@opentelemetry/api"],
  });
  return outputFiles[0]?.contents ?? new Uint8Array();
}

/** The size of that bundle. */
export async function bundledSize(): Promise<BundledSize> {
  const contents = await bundleService();
  return { bytes: contents.length, compressedBytes: gzipSync(contents).length };
}
