import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import tsconfig from "../tsconfig.base.json" with { type: "json" };

const root = fileURLToPath(new URL("..", import.meta.url));

/** Tests read the sources, as the type checker does: no build is needed. */
const alias = Object.entries(tsconfig.compilerOptions.paths).map(([name, [target]]) => ({
  find: new RegExp(`^${name}$`),
  replacement: `${root}${target}`,
}));

/** Live and packaging tests start processes and measure: one file at a time, after the unit tests. */
const project = (name: string, include: string[], seconds: number, groupOrder: number) => ({
  resolve: { alias },
  test: {
    name,
    root,
    include,
    testTimeout: seconds * 1000,
    hookTimeout: seconds * 1000,
    pool: "forks" as const,
    fileParallelism: groupOrder === 0,
    sequence: { groupOrder },
  },
});

export default defineConfig({
  test: {
    projects: [
      project(
        "unit",
        [
          "test/{core,axios,simulator,exporter,dashboards,preview,contract,examples}/**/*.test.ts",
          "test/monitoring/{*,backtest/*}.test.ts",
        ],
        60,
        0,
      ),
      project("live", ["test/{live,monitoring/live}/**/*.test.ts"], 300, 1),
      project("packaging", ["test/packaging/**/*.test.ts"], 300, 2),
    ],
  },
});
