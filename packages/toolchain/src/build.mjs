// Builds every published package: ESM, CJS and types, into its dist folder.
import { chmodSync, writeFileSync } from "node:fs";
import { build } from "tsdown";
import { root } from "./install.mjs";
import { onlyOurs } from "./only-ours.mjs";

/** Entry points of the libraries. */
const LIBRARIES = {
  core: {
    index: "src/index.ts",
    facts: "src/facts/index.ts",
    contract: "src/contract/index.ts",
    record: "src/record/index.ts",
  },
  axios: { index: "src/index.ts", automatic: "src/automatic/index.ts", retry: "src/retry/index.ts" },
  fetch: { index: "src/index.ts", automatic: "src/automatic/index.ts" },
  register: { index: "src/index.ts", instrumentation: "src/instrumentation/index.ts" },
  exporter: { index: "src/index.ts", settings: "src/settings.ts" },
  simulator: { index: "src/index.ts" },
  dashboards: { index: "src/index.ts" },
};

/** Entry points for `import` alone. */
const IMPORTED = { register: { import: "src/import.ts" } };

function settingsOf(name) {
  return {
    cwd: `${root}packages/${name}`,
    tsconfig: `${root}packages/toolchain/tsconfig.build.json`,
    platform: "node",
    target: "node20",
    fixedExtension: false,
    logLevel: "warn",
    minify: { compress: false, mangle: false, codegen: { removeWhitespace: false } },
    // What is not exported in package.json is bundled in, and so are the private guards; dependencies stay outside.
    // The bundler's own helpers lie apart: an entry must not load another one for them.
    outputOptions: { codeSplitting: { groups: [{ name: "runtime", test: /rolldown[/:\\]runtime/ }] } },
    external: [/^@intercom-telemetry\/(?!guards\/)/],
    plugins: [onlyOurs],
  };
}

for (const [name, entry] of Object.entries(LIBRARIES)) {
  const settings = settingsOf(name);
  const formats = {
    esm: { dts: false, entry: { ...entry, ...IMPORTED[name] } },
    cjs: { dts: { oxc: true } },
  };
  await build({ ...settings, entry, format: formats, shims: true, clean: true });
  // Both formats export the same: ES modules take the types of the CommonJS build, which have no default export.
  for (const each of Object.keys(entry)) {
    writeFileSync(`${settings.cwd}/dist/${each}.d.ts`, `export * from "./${each}.cjs";\n`);
  }
}

/** What is run, or what Node loads by its path: nobody imports it. */
const buildProgram = (settings, name, clean) =>
  build({ ...settings, entry: { [name]: `src/${name}.ts` }, format: ["esm"], dts: false, clean });

await buildProgram(settingsOf("register"), "hook", false);
const command = settingsOf("cli");
await buildProgram(command, "cli", true);
chmodSync(`${command.cwd}/dist/cli.js`, 0o755);
