import { UNUSUAL_REPLAY } from "./generated/replay-hints.ts";
import type { DocumentedOperation } from "./operation.ts";

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

/** What HTTP says of the method. */
export function usualReplay(method: string): ReplayHint {
  if (method === "GET") return "safe";
  return method === "POST" || method === "PATCH" ? "not_idempotent" : "idempotent_by_method";
}

/** The hint for one documented operation. */
export function replayHint({
  method,
  template,
}: Pick<DocumentedOperation, "method" | "template">): ReplayHint {
  return UNUSUAL_REPLAY[`${method} ${template}`] ?? usualReplay(method);
}
