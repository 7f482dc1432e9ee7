import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { alias } from "../vitest.config.ts";

/** The tests that have to notice a changed core. Each file has its own modules, which the change is loaded into. */
export default defineConfig({
  resolve: { alias },
  test: {
    root: fileURLToPath(new URL("../..", import.meta.url)),
    include: ["test/core/**/*.test.ts", "test/axios/{own-failures,headers}.test.ts"],
    exclude: ["**/*.{unit,process}.test.ts"],
    testTimeout: 60_000,
  },
});
