import { env } from "node:process";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";
import { alias } from "../vitest.config.ts";
import { ROOM_VARIABLE, ROOMS, type Room } from "./rooms.ts";

/** What is slow to load or to run, slowest last: a change that a quicker file notices never comes to them. */
const SLOW = [
  "/explain.",
  "/operations.",
  "/axios/",
  "/prometheus-bounds.",
  "/meter-bounds.",
  "/prometheus-pages.",
];

const rankOf = ({ moduleId }: TestSpecification): number => SLOW.findIndex((part) => moduleId.includes(part));

class QuickFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return files.sort((a, b) => rankOf(a) - rankOf(b) || a.moduleId.localeCompare(b.moduleId));
  }
}

/** The tests that have to notice a changed room. They share the modules of one thread, which ends with the change. */
export default defineConfig({
  resolve: { alias },
  test: {
    root: fileURLToPath(new URL("../..", import.meta.url)),
    include: [...ROOMS[env[ROOM_VARIABLE] as Room]],
    // These take seconds, and what they see the quick tests see too.
    exclude: [
      "**/*.{unit,process}.test.ts",
      "test/core/retry/herd.test.ts",
      "test/core/prometheus-pages.test.ts",
    ],
    isolate: false,
    setupFiles: ["test/support/leave-nothing-behind.ts"],
    sequence: { sequencer: QuickFirst },
    testTimeout: 60_000,
  },
});
