import { promisify } from "node:util";
import webpack from "webpack";
import { type Bundler, printedBy } from "../bundler.ts";

export const webpack5: Bundler = {
  name: "webpack 5",
  quick: true,
  async build(project, output) {
    const compiler = webpack({
      mode: "production",
      target: "node",
      context: project,
      entry: "./main.mjs",
      output: { path: output, filename: "main.cjs" },
    });
    const stats = await promisify(compiler.run.bind(compiler))();
    await promisify(compiler.close.bind(compiler))();
    if (!stats || stats.hasErrors()) throw new Error(stats?.toString("errors-only"));
  },
  readMetrics: printedBy("main.cjs"),
};
