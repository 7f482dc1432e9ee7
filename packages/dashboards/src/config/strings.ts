import { distinct, list, type Shape, string } from "@intercom-telemetry/guards/shape";

/** A string that is not blank. */
export const visible = (expected: string): Shape<string> => string(expected, /\S/);

/** What Grafana takes as a uid. */
export const uid = (expected: string): Shape<string> => string(expected, /^[a-zA-Z0-9_-]{1,40}$/);

/** A list of strings of a pattern, none twice. */
export const strings = (expected: string, pattern: RegExp): Shape<readonly string[]> =>
  distinct(list(string(expected, pattern)), (entry) => entry);
