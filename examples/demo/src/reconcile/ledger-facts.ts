import { describeStatus } from "@intercom-telemetry/core/facts";
import type { LedgerEntry } from "@intercom-telemetry/simulator";
import type { GaveUp } from "../services/witness.ts";
import type { RequestFacts } from "./request-facts.ts";

/** A connection that broke gave the client no response, whatever part of one was sent. */
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

/** A request that the client gave up: the server may have done anything, nobody was listening. */
export function factsOfGaveUp(method: string, template: string, how: GaveUp["how"]): RequestFacts {
  return { method, template, status: "", errorCode: how, retryable: String(how === "timeout") };
}

/**
 * What is left of a failed response whose body broke, for a client that never read it: its status. Whether it was read
 * is the client's word.
 */
export function factsOfUnread(entry: LedgerEntry): RequestFacts | undefined {
  const { method, urlTemplate: template, status = 0, errorCode = "" } = entry;
  const described = describeStatus(status);
  if (!described || !BROKEN_TRANSPORT.has(errorCode)) return undefined;
  const { code, retryable } = described;
  return { method, template, status: String(status), errorCode: code, retryable: String(retryable) };
}

/**
 * What telemetry has to say about a request, by the ledger. A connection that the client closed is `client_gone`,
 * which no telemetry says: only the client can tell why, see {@link factsOfGaveUp}.
 */
export function factsOfEntry(entry: LedgerEntry): RequestFacts {
  const { method, urlTemplate: template, status, errorCode = "", retryable = "", broken } = entry;
  if (broken === "client_gone") return { method, template, status: "", errorCode: broken, retryable: "" };
  const responded = status !== undefined && !BROKEN_TRANSPORT.has(errorCode);
  const shown = responded ? String(status) : "";
  return { method, template, status: shown, errorCode, retryable: String(retryable) };
}
