/** One operation of Intercom's REST API. */
export interface DocumentedOperation {
  /** Upper case. */
  readonly method: string;
  /** Path template with one spelling for each parameter, e.g. `/contacts/{id}/tags/{tag_id}`. */
  readonly template: string;
  /** The first documented status of success. */
  readonly successStatus: number;
  /** Path parameters whose values identify a person; redacted wherever a URL is recorded. */
  readonly personal?: readonly string[];
}
