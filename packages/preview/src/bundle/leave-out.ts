import type { Plugin } from "esbuild";

/** Replaces modules by an empty one. Whatever needs them fails where it is used, not where it is imported. */
export function leaveOut(filter: RegExp): Plugin {
  return {
    name: "leave-out",
    setup(build) {
      build.onResolve({ filter }, ({ path }) => ({ path, namespace: "left-out" }));
      build.onLoad({ filter: /.*/, namespace: "left-out" }, () => ({ contents: "module.exports = {};" }));
    },
  };
}
