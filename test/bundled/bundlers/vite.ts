import { build } from "vite";
import { type Bundler, printedBy } from "../bundler.ts";

export const viteSsr: Bundler = {
  name: "Vite, SSR build",
  quick: true,
  async build(project, output) {
    await build({
      root: project,
      configFile: false,
      mode: "production",
      logLevel: "error",
      ssr: { noExternal: true },
      build: {
        ssr: "main.mjs",
        outDir: output,
        emptyOutDir: true,
        rolldownOptions: { output: { entryFileNames: "main.mjs" } },
      },
    });
  },
  readMetrics: printedBy("main.mjs"),
};
