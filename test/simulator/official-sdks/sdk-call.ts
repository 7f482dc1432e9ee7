/** A method of an official SDK, and the smallest call of it. */
export interface SdkCall {
  readonly sdk: 6 | 7;
  /** From the client, e.g. `contacts.find`. */
  readonly method: string;
  /** Ids stand as the record that they point at: `{contact}`, or `{#contact}` for one that is a number. */
  readonly args: readonly unknown[];
  /** What it calls: `METHOD template`. */
  readonly operation: string;
}
