import type { Bundler } from "./bundler.ts";
import { esbuildCommonJs, esbuildEsm, esbuildFromCommonJs } from "./bundlers/esbuild.ts";
import { ncc, nccFromCommonJs } from "./bundlers/ncc.ts";
import { nextTurbopack, nextWebpack } from "./bundlers/next.ts";
import { rollupCommonJs, rollupEsm } from "./bundlers/rollup.ts";
import { viteSsr } from "./bundlers/vite.ts";
import { webpack5 } from "./bundlers/webpack.ts";

/** Everything that the service is bundled with. */
export const BUNDLERS: readonly Bundler[] = [
  esbuildCommonJs,
  esbuildEsm,
  esbuildFromCommonJs,
  rollupEsm,
  rollupCommonJs,
  webpack5,
  viteSsr,
  ncc,
  nccFromCommonJs,
  nextTurbopack,
  nextWebpack,
];
