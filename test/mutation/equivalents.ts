/** A change to the source after which it does the same. */
export interface Equivalent {
  /** The end of the file's path. */
  readonly file: string;
  /** The piece of source that is replaced, white space joined. */
  readonly original: string;
  readonly replacements: readonly string[];
  readonly reason: string;
}

/** Every survivor of the mutation run that is known to be none, and why. */
export const EQUIVALENTS: readonly Equivalent[] = [];
