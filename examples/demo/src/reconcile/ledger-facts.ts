import type { LedgerEntry } from "@intercom-telemetry/simulator";
import type { GaveUp } from "../services/witness.ts";
import type { RequestFacts } from "./request-facts.ts";

/** A connection that broke gave the client no answer, whatever part of one was sent. */
const BROKEN_TRANSPORT: ReadonlySet<string> = new Set([
  "connection_reset",
  "timeout",
  "response_incomplete",
  "response_undecodable",
]);

/** Span id of the `traceparent` that the request carried. Source: https://www.w3.org/TR/trace-context/ */
export function spanIdOf({ traceparent = "" }: LedgerEntry): string | undefined {
  return traceparent.split("-")[2];
}

/** How a request looks to a client that gave it up: the server may have done anything, nobody was listening. */
export function factsOfGaveUp(method: string, endpoint: string, how: GaveUp["how"]): RequestFacts {
  return { method, endpoint, status: "", errorCode: how, retryable: String(how === "timeout") };
}

/**
 * What telemetry has to say about a request, by the ledger.
 *
 * @param how set when the service's own interceptor saw axios give the request up. Without that word a connection
 *   that the client closed stays `client_gone`, which no telemetry says, so that it counts as a mismatch.
 */
export function factsOfEntry(entry: LedgerEntry, how: GaveUp["how"] | undefined): RequestFacts {
  const { method, route: endpoint, status, errorCode = "", retryable = "", broken } = entry;
  if (how) return factsOfGaveUp(method, endpoint, how);
  if (broken === "client_gone") {
    return { method, endpoint, status: "", errorCode: broken, retryable: "" };
  }
  const answered = status !== undefined && !BROKEN_TRANSPORT.has(errorCode);
  return {
    method,
    endpoint,
    status: answered ? String(status) : "",
    errorCode,
    retryable: String(retryable),
  };
}
