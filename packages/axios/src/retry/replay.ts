import type { Operation } from "@intercom-telemetry/core";
import type { RequestConfig } from "../axios-types.ts";
import type { JudgedFailure } from "./judge-failure.ts";

/** Whether sending a request a second time does harm when the first may have been carried out. */
type Replay = "harmless" | "harmful" | "write";

const READ_METHODS: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS"]);
const IDEMPOTENT_METHODS: ReadonlySet<string> = new Set(["PUT", "DELETE"]);
/** An event is a few hundred bytes; a larger body is not parsed. */
const LONGEST_EVENT_CHARACTERS = 64 * 1024;

/** These never reached Intercom. */
const NOT_SENT: ReadonlySet<string> = new Set(["connection_refused", "dns", "host_unreachable"]);

/** Intercom drops a second event of the same user, name and `created_at`, but only when the caller set that. */
function hasOwnTime({ data }: RequestConfig): boolean {
  if (typeof data !== "string" || data.length > LONGEST_EVENT_CHARACTERS) return false;
  try {
    const event: unknown = JSON.parse(data);
    return typeof event === "object" && event !== null && "created_at" in event;
  } catch {
    return false;
  }
}

function judgeReplay({ method, documented }: Operation, config: RequestConfig): Replay {
  const hint = documented?.replay;
  if (hint === undefined) {
    return READ_METHODS.has(method) || IDEMPOTENT_METHODS.has(method) ? "harmless" : "write";
  }
  // The cursor may have moved on: the page after the lost one would come, and nobody would notice.
  if (hint === "stateful_read") return "harmful";
  if (hint === "not_idempotent") return "write";
  return hint !== "deduplicated_if_created_at" || hasOwnTime(config) ? "harmless" : "write";
}

/** Whether Intercom certainly did nothing: it never got the request, or it said why it refused it. */
function wasNotCarriedOut({ status, error }: JudgedFailure["outcome"]): boolean {
  if (status === undefined) return error !== undefined && NOT_SENT.has(error.code);
  return status >= 400 && status < 500 && status !== 408;
}

/**
 * Whether the request may be sent again without anybody looking first.
 *
 * @param replayUnknownWrites the user's word that writes may happen twice.
 */
export function mayReplay({ outcome, route, config }: JudgedFailure, replayUnknownWrites: boolean): boolean {
  if (wasNotCarriedOut(outcome)) return true;
  const replay = judgeReplay(route, config);
  return replay === "harmless" || (replay === "write" && replayUnknownWrites);
}
