import { run } from "../../packaging/packed.ts";
import { type Bundler, printedBy } from "../bundler.ts";
import { writeCommonJs } from "../common-js.ts";
import { ROOT } from "../project.ts";

function bundle(project: string, entry: string, output: string): void {
  run(`${ROOT}node_modules/.bin/ncc`, ["build", entry, "--out", output, "--quiet"], project);
}

export const ncc: Bundler = {
  name: "ncc",
  quick: true,
  build: async (project, output) => bundle(project, "main.mjs", output),
  readMetrics: printedBy("index.mjs"),
};

export const nccFromCommonJs: Bundler = {
  name: "ncc, from CommonJS",
  quick: true,
  build: async (project, output) => bundle(project, await writeCommonJs(project), output),
  readMetrics: printedBy("index.cjs"),
};
