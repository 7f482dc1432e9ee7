import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import tsconfig from "../tsconfig.base.json" with { type: "json" };

const root = fileURLToPath(new URL("..", import.meta.url));

/** Tests read the sources, as the type checker does: no build is needed. */
const alias = Object.entries(tsconfig.compilerOptions.paths).map(([name, [target]]) => ({
  find: new RegExp(`^${name}$`),
  replacement: `${root}${target}`,
}));

const project = (name: string, include: string[], testTimeout: number) => ({
  resolve: { alias },
  test: { name, root, include, testTimeout, hookTimeout: testTimeout, pool: "forks" as const },
});

export default defineConfig({
  test: {
    projects: [
      project(
        "unit",
        ["test/{core,axios,simulator,exporter,dashboards,contract,examples}/**/*.test.ts"],
        30_000,
      ),
      project("live", ["test/live/**/*.test.ts"], 300_000),
      project("packaging", ["test/packaging/**/*.test.ts"], 300_000),
    ],
  },
});
