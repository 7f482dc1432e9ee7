/**
 * Ends a build that would bundle somebody else's code. Its license would have to come along, and a fix of
 * theirs would reach nobody. tsdown's own helper for `import.meta.url` is left out.
 */
export const onlyOurs = {
  name: "only-ours",
  generateBundle(_options, bundle) {
    const ids = Object.values(bundle).flatMap(({ moduleIds = [] }) => moduleIds);
    const others = ids.filter((id) => id.includes("/node_modules/") && !id.includes("/node_modules/tsdown/"));
    if (others.length > 0)
      throw new Error(`expected only our own code in the bundle, got ${others.join(", ")}`);
  },
};
