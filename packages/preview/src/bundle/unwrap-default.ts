import type { Plugin } from "esbuild";

const SEEN = Symbol("seen");

/**
 * Lets ES modules import the default export of a CommonJS module that was once an ES module.
 * Files ending in .mjs get the whole of it by Node's rules, where its authors meant its `default`.
 */
export function unwrapDefault(filter: RegExp): Plugin {
  return {
    name: "unwrap-default",
    setup(build) {
      build.onResolve({ filter }, async ({ path, kind, resolveDir, pluginData }) => {
        if (pluginData === SEEN) return undefined;
        const found = await build.resolve(path, { kind, resolveDir, pluginData: SEEN });
        return { ...found, namespace: "unwrap-default" };
      });
      build.onLoad({ filter: /.*/, namespace: "unwrap-default" }, ({ path }) => ({
        contents: `export * from ${JSON.stringify(path)};\nexport { default } from ${JSON.stringify(path)};`,
        resolveDir: "/",
      }));
    },
  };
}
