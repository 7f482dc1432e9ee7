import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { run } from "../../packaging/packed.ts";
import { type Bundler, printedBy } from "../bundler.ts";
import { ROOT } from "../project.ts";

const CONFIG = fileURLToPath(new URL("rollup.config.mjs", import.meta.url));

const createBundler = (name: string, format: "es" | "cjs", file: string): Bundler => ({
  name,
  quick: true,
  async build(project, output) {
    const args = ["--config", CONFIG, "--input", "main.mjs", "--format", format, "--silent"];
    run(`${ROOT}node_modules/.bin/rollup`, [...args, "--file", join(output, file)], project);
  },
  readMetrics: printedBy(file),
});

export const rollupEsm: Bundler = createBundler("rollup, ES module", "es", "main.mjs");
export const rollupCommonJs: Bundler = createBundler("rollup, CommonJS", "cjs", "main.cjs");
