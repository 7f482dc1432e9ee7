import { join } from "node:path";
import { type BuildOptions, build } from "esbuild";
import { type Bundler, printedBy } from "../bundler.ts";
import { writeCommonJs } from "../common-js.ts";

const bundle = async (entry: string, options: BuildOptions): Promise<void> => {
  const shared = { bundle: true, platform: "node", target: "node20", logLevel: "error" } as const;
  await build({ entryPoints: [entry], ...shared, ...options });
};

export const esbuildCommonJs: Bundler = {
  name: "esbuild, CommonJS",
  quick: true,
  build: (project, output) =>
    bundle(join(project, "main.mjs"), { format: "cjs", outfile: join(output, "main.cjs") }),
  readMetrics: printedBy("main.cjs"),
};

/** Dependencies of axios are CommonJS modules, which need a `require` in an ES module. */
const REQUIRE = `import { createRequire } from "node:module";
const require = createRequire(import.meta.url);`;

export const esbuildEsm: Bundler = {
  name: "esbuild, ES module",
  quick: true,
  build: (project, output) => {
    const format = { format: "esm", banner: { js: REQUIRE } } as const;
    return bundle(join(project, "main.mjs"), { ...format, outfile: join(output, "main.mjs") });
  },
  readMetrics: printedBy("main.mjs"),
};

export const esbuildFromCommonJs: Bundler = {
  name: "esbuild, from CommonJS",
  quick: true,
  build: async (project, output) => {
    const entry = join(project, await writeCommonJs(project));
    await bundle(entry, { format: "cjs", outfile: join(output, "main.cjs") });
  },
  readMetrics: printedBy("main.cjs"),
};
