// The commands of which `npm test` and `npm run check` are made.
import { root } from "./install.mjs";

const bin = (name) => `${root}node_modules/.bin/${name}`;

export const LINT = ["format and lint", bin("biome"), ["check", "--error-on-warnings", "."]];
export const PROSE = [
  "prose",
  process.execPath,
  ["--import", `${root}node_modules/tsx/dist/loader.mjs`, "test/prose/main.ts"],
];
// One process for both programs; what did not change since the last time is not looked at again.
export const TYPES = [
  "types",
  bin("tsc"),
  ["--build", "test/tsconfig.json", "packages/preview/page/tsconfig.json"],
];
export const TESTS = ["tests", bin("vitest"), ["run", "--config", "test/vitest.config.ts"]];
