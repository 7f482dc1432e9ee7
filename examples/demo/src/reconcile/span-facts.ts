import { ATTRIBUTES, UNMATCHED_TEMPLATE } from "@intercom-telemetry/core/contract";
import type { SpanRecord } from "../services/span-record.ts";
import type { RequestFacts } from "./request-facts.ts";

/** The service that calls through fetch: the official SDK drops the body of a response that it retries. */
const ON_FETCH = "support-bot";

/** What a span says about its request. */
export function factsOfSpan({ attributes }: SpanRecord): RequestFacts {
  const read = (name: string, absent = ""): string => String(attributes[name] ?? absent);
  return {
    method: read(ATTRIBUTES.method.name),
    template: read(ATTRIBUTES.urlTemplate.name, UNMATCHED_TEMPLATE),
    status: read(ATTRIBUTES.status.name),
    errorCode: read(ATTRIBUTES.errorCode.name),
    retryable: read(ATTRIBUTES.retryable.name),
    atHeaders: read(ATTRIBUTES.client.name) === ON_FETCH,
  };
}
