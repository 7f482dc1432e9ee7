import { parseJsonObject } from "@intercom-telemetry/guards/json";
import type { Operation, Outcome } from "../classify/index.ts";
import { replayHint } from "../facts/replay-hint.ts";
import type { RetryCall } from "./retry-call.ts";

/** What a second attempt does when the first one may have been carried out. */
type ReplayEffect = "harmless" | "harmful" | "write";

const HARMLESS_METHODS: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS", "PUT", "DELETE"]);
/** An event has a few hundred bytes; a larger body is not parsed. */
const LONGEST_EVENT_CHARACTERS = 64 * 1024;

/** These never reached Intercom. */
const NOT_SENT: ReadonlySet<string> = new Set(["connection_refused", "dns", "host_unreachable"]);
/** Statuses of the 4xx class that say nothing about whether the request was carried out. */
const UNDECIDED_STATUSES: ReadonlySet<number> = new Set([408, 499]);

/** Intercom drops a second event of the same user, name and `created_at`, but only when the caller set that. */
function hasCreatedAt(body: unknown): boolean {
  if (typeof body !== "string" || body.length > LONGEST_EVENT_CHARACTERS) return false;
  return "created_at" in (parseJsonObject(body) ?? {});
}

function effectOf({ method, documented }: Operation, readBody: () => unknown): ReplayEffect {
  if (documented === undefined) return HARMLESS_METHODS.has(method) ? "harmless" : "write";
  const hint = replayHint(documented);
  // The cursor may have moved on: the page after the lost one would come, and nobody would notice.
  if (hint === "stateful_read") return "harmful";
  if (hint === "not_idempotent") return "write";
  return hint !== "deduplicated_if_created_at" || hasCreatedAt(readBody()) ? "harmless" : "write";
}

/** Whether status and code both say that Intercom did nothing: it never got the request, or refused it. */
function wasNotCarriedOut({ status, error }: Outcome): boolean {
  if (!error) return false;
  if (status === undefined) return NOT_SENT.has(error.code);
  const refused = status >= 400 && status < 500 && !UNDECIDED_STATUSES.has(status);
  return refused && error.category !== "server";
}

/**
 * Whether the request may be sent again without anybody looking first.
 *
 * @param replayUnknownWrites the user says that writes may happen twice.
 */
export function mayReplay(
  outcome: Outcome,
  { operation, readBody }: Pick<RetryCall, "operation" | "readBody">,
  replayUnknownWrites: boolean,
): boolean {
  if (wasNotCarriedOut(outcome)) return true;
  const effect = effectOf(operation, readBody);
  return effect === "harmless" || (effect === "write" && replayUnknownWrites);
}
