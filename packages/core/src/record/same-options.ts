/** Whether two sets of options have the same values, each the very same. */
export function haveSameOptions<Options extends object>(one: Options, other: Options): boolean {
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]) as Set<keyof Options>;
  return [...keys].every((key) => one[key] === other[key]);
}
