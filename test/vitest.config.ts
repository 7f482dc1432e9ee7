import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import tsconfig from "../tsconfig.base.json" with { type: "json" };

const root = fileURLToPath(new URL("..", import.meta.url));

/** Tests read the sources, as the type checker does: no build is needed. */
export const alias = Object.entries(tsconfig.compilerOptions.paths).map(([name, [target]]) => ({
  find: new RegExp(`^${name}$`),
  replacement: `${root}${target}`,
}));

/** The project of each folder. A file's own name goes first: `final-urls.pure.test.ts` is pure in any folder. */
const FOLDERS = {
  pure: "{core,contract}",
  unit: "!(core|contract|register|examples|monitoring|live|packaging|bundled)",
  isolated: "register",
  process: "{examples,monitoring}",
  live: "live",
  alone: "alone",
  packaging: "packaging",
  bundled: "bundled",
};

type Name = keyof typeof FOLDERS;

const names = Object.keys(FOLDERS) as Name[];

const project = <Settings extends object>(name: Name, seconds: number, settings: Settings) => ({
  resolve: { alias },
  test: {
    name,
    root,
    include: [`test/${FOLDERS[name]}/**/*.test.ts`, `test/**/*.${name}.test.ts`],
    exclude: names.filter((other) => other !== name).map((other) => `**/*.${other}.test.ts`),
    testTimeout: seconds * 1000,
    hookTimeout: seconds * 1000,
    ...settings,
  },
});

/**
 * Files share a thread and its modules: to load axios and OpenTelemetry for each would take longer than the tests. A
 * thread that goes on to another project is ended, so each project runs for itself.
 */
const shared = (name: Name, groupOrder: number) =>
  project(name, 60, {
    pool: "threads" as const,
    isolate: false,
    setupFiles: ["test/support/leave-nothing-behind.ts"],
    sequence: { groupOrder },
  });

/** Measures, or builds what others read: one file at a time, after everything else. */
const serial = (name: Name, groupOrder: number) =>
  project(name, 300, { pool: "forks" as const, fileParallelism: false, sequence: { groupOrder } });

export default defineConfig({
  test: {
    // As many as there are cores: the default leaves one of them idle, which is half of a small machine.
    maxWorkers: availableParallelism(),
    projects: [
      // Functions of values.
      shared("pure", 0),
      // Servers and clients in the thread of the test.
      shared("unit", 1),
      // The same for those that would meet in a shared thread.
      project("isolated", 60, { pool: "threads" as const, sequence: { groupOrder: 2 } }),
      // Programs that are started: commands, examples, promtool.
      project("process", 120, { pool: "forks" as const, sequence: { groupOrder: 3 } }),
      // Long runs of several programs.
      serial("live", 4),
      // Measurements, and what is looked at while it runs: they need the machine.
      serial("alone", 5),
      serial("packaging", 6),
      serial("bundled", 7),
    ],
  },
});
