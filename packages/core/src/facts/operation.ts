/** Whether sending the same request twice does harm, as documented for the operation. */
export type ReplayHint =
  | "safe"
  | "idempotent_by_method"
  | "not_idempotent"
  | "upsert"
  | "stateful_read"
  | "documented_idempotent"
  | "documented_idempotent_per_part"
  | "deduplicated_if_created_at";

/** One operation of Intercom's REST API. */
export interface DocumentedOperation {
  /** Upper case. */
  readonly method: string;
  /** Path template with one spelling for each parameter, e.g. `/contacts/{id}/tags/{tag_id}`. */
  readonly template: string;
  readonly replay: ReplayHint;
  /** The first documented status of success. */
  readonly successStatus: number;
  /** Path parameters whose values identify a person; redacted wherever a URL is recorded. */
  readonly personal?: readonly string[];
}
