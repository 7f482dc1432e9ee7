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
export async function bundledSize(): Promise<BundledSize> {
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
  const contents = outputFiles[0]?.contents ?? new Uint8Array();
  return { bytes: contents.length, compressedBytes: gzipSync(contents).length };
}
