import { ALL_VALUE, meansAll } from "../query/interpolate.ts";

/**
 * What is selected after a change in a select for several values: "all" and single values exclude each
 * other, and nothing selected means all.
 */
export function settleChoice(before: readonly string[], after: readonly string[]): readonly string[] {
  const single = after.filter((value) => !meansAll([value]));
  const turnedToAll = meansAll(after) && !meansAll(before);
  return single.length === 0 || turnedToAll ? [ALL_VALUE] : single;
}
