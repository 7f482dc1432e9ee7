import { trace } from "@opentelemetry/api";
import { ATTRIBUTE_NAMES, RETRY_REFUSED_EVENT } from "../contract/attribute-names.ts";
import type { RefusalReason } from "../retry/index.ts";

/**
 * Says in the trace why a request that could have been retried was not. The span of the attempt has ended, so this
 * is an event on the span that is active where the call was made. Failures that no retry could mend are not mentioned.
 */
export function recordRefusal(reason: RefusalReason): void {
  if (reason === "not_retryable") return;
  trace.getActiveSpan()?.addEvent(RETRY_REFUSED_EVENT, { [ATTRIBUTE_NAMES.retryReason]: reason });
}
