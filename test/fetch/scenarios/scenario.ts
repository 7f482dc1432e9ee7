import type { FaultAction, FaultScript, Simulator } from "@intercom-telemetry/simulator";
import type { IntercomClient } from "intercom-client-7";

/** What a scenario has at hand: the same for a bare run and for one that is recorded. */
export interface Stage {
  readonly simulator: Simulator;
  /** Bare, or instrumented. */
  readonly fetch: typeof fetch;
  /** An official SDK above that fetch. The methods that are called here are the same in version 6. */
  readonly client: IntercomClient;
}

/** One situation in which code that calls Intercom can be. */
export interface Scenario {
  readonly name: string;
  readonly script?: FaultScript;
  /** What the caller does; what it gets is compared with a bare run. */
  readonly run: (stage: Stage) => Promise<unknown>;
  /** How many attempts of its call went before each attempt. Default: all are first ones. */
  readonly retryCounts?: readonly number[];
  /**
   * `METHOD template status code retryable` of each record where it cannot be what the ledger has: the ledger knows
   * nothing of the caller's reasons, and has every hop of a redirect.
   */
  readonly recorded?: readonly string[];
  /** The same of the spans where they say less: of another host's response they have the status only. */
  readonly spans?: readonly string[];
}

/** The same for every request. */
export const always = (action: FaultAction): FaultScript => ({ rules: [{ action }] });

/** One action for each request in turn; after them, the usual responses. */
export const inTurn = (...sequence: readonly FaultAction[]): FaultScript => ({ rules: [{ sequence }] });

/** Reads a stream to its end. */
export async function drain(stream: ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>): Promise<number> {
  let bytes = 0;
  for await (const chunk of stream as AsyncIterable<Uint8Array>) bytes += chunk.byteLength;
  return bytes;
}

/** A macrotask of the event loop, and some more. */
export const later = (milliseconds = 30): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));
