import { join } from "node:path";
import { build } from "esbuild";

/**
 * Writes the service as a CommonJS module, as TypeScript compiles it for a project of CommonJS modules: a bundler then
 * takes the CommonJS builds of its dependencies.
 *
 * @returns name of the file.
 */
export async function writeCommonJs(project: string): Promise<string> {
  const file = "main.cjs";
  await build({
    entryPoints: [join(project, "main.mjs")],
    outfile: join(project, file),
    bundle: true,
    packages: "external",
    platform: "node",
    format: "cjs",
    logLevel: "error",
  });
  return file;
}
