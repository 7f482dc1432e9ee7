import { build } from "esbuild";
import { expect, it } from "vitest";
import { PACKAGES, readSources } from "../support/packages.ts";

/** Libraries that a service bundles with itself. */
const BUNDLED = /^(?:core|axios|exporter|fetch)\//;

const RUN_TIME_REQUIRE = /\bcreateRequire\b|\brequire\s*\(/;

it("no library that services bundle loads anything with require, which a bundler cannot see", () => {
  const files = [...readSources()].filter(([file]) => BUNDLED.test(file));
  expect(files).not.toEqual([]);
  expect(files.filter(([, text]) => RUN_TIME_REQUIRE.test(text)).map(([file]) => file)).toEqual([]);
});

it("core runs where there is no Node", async () => {
  const { metafile } = await build({
    entryPoints: [`${PACKAGES}core/src/index.ts`],
    bundle: true,
    packages: "external",
    platform: "node",
    write: false,
    metafile: true,
    outdir: "out",
    format: "esm",
  });
  const imports = Object.values(metafile.outputs).flatMap((output) => output.imports.map(({ path }) => path));
  expect(imports.filter((path) => path.startsWith("node:"))).toEqual([]);
});
