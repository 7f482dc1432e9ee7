import type { AttemptDelay } from "@intercom-telemetry/core/record";
import type { RequestConfig } from "../axios-types.ts";
import { callOf } from "../call.ts";
import { isObject } from "../is-object.ts";

/**
 * What one call has been through. It lives where axios-retry keeps its own count, which every version of axios copies
 * from a failed request to its resend; it is copied by value, so it is plain data.
 */
export interface CallState {
  /** Monotonic clock when the call began. */
  readonly startedMilliseconds: number;
  /** How long the next send was made to wait, and why. */
  readonly delay?: AttemptDelay | undefined;
  /** End of the window in which the next send has a place. */
  readonly windowEndEpochSeconds?: number | undefined;
}

const KEY = "intercom";

function retryState(config: RequestConfig): Record<PropertyKey, unknown> | undefined {
  const state = config["axios-retry"];
  return isObject(state) ? state : undefined;
}

/** `undefined` when nothing has happened to the call yet. */
export function readCallState(config: RequestConfig): CallState | undefined {
  const state = retryState(config)?.[KEY];
  return isObject(state) ? (state as unknown as CallState) : undefined;
}

/** Written into axios-retry's own object, which it keeps a reference to. */
export function writeCallState(config: RequestConfig, state: CallState): void {
  const call = callOf(config);
  if (call) call.delay = state.delay;
  const existing = retryState(config);
  if (existing) existing[KEY] = state;
  else config["axios-retry"] = { [KEY]: state };
}

/** Resends made so far, by axios-retry's count. */
export function resendCountOf(config: RequestConfig): number {
  const count = retryState(config)?.retryCount;
  return typeof count === "number" && count >= 0 ? count : 0;
}

/** When the call began, on the monotonic clock: what is remembered, else when axios-retry saw this send leave. */
export function startOf(
  config: RequestConfig,
  nowMilliseconds: number,
  nowEpochMilliseconds: number,
): number {
  const known = readCallState(config)?.startedMilliseconds;
  if (known !== undefined) return known;
  const sent = retryState(config)?.lastRequestTime;
  return typeof sent === "number"
    ? nowMilliseconds - Math.max(0, nowEpochMilliseconds - sent)
    : nowMilliseconds;
}
