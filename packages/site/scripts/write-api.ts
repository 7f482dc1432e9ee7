import { mkdirSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Application, type TypeDocOptions } from "typedoc";
import type { PluginOptions } from "typedoc-plugin-markdown";
import { API_PAGES } from "../src/api-pages.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));

/** Writes the API of every package to `reference/api`, one page each. */
export async function writeApi(): Promise<void> {
  const out = `${root}packages/site/reference/api`;
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  const options: Partial<TypeDocOptions> & Partial<PluginOptions> = {
    // Found from here, wherever the command is started.
    plugin: [fileURLToPath(import.meta.resolve("typedoc-plugin-markdown"))],
    out,
    entryPoints: Object.values(API_PAGES).map((path) => `${root}${path}/index.ts`),
    tsconfig: `${root}test/tsconfig.json`,
    basePath: root,
    skipErrorChecking: true,
    name: "API",
    excludePrivate: true,
    // What Error and the classes of OpenTelemetry bring along is documented there.
    excludeProtected: true,
    excludeExternals: true,
    readme: "none",
    logLevel: "Warn",
    validation: false,
    disableSources: true,
    router: "module",
    hideBreadcrumbs: true,
    hidePageHeader: true,
    useCodeBlocks: true,
    sanitizeComments: true,
    entryFileName: "index",
  };
  const app = await Application.bootstrapWithPlugins(options);
  const project = await app.convert();
  if (project === undefined) throw new Error("TypeDoc: expected the sources to be read");
  const names = new Map(Object.entries(API_PAGES).map(([name, path]) => [path, name]));
  for (const module of project.children ?? []) module.name = names.get(module.name) ?? module.name;
  await app.generateOutputs(project);
}
