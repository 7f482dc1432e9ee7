import type { Ending, FollowedError, Outcome } from "../classify/index.ts";
import type { HeaderReader } from "../read-header.ts";
import type { AttemptDelay } from "./recorder.ts";

/** What a transport knows of a request before it leaves. */
export interface OutgoingRequest {
  /** As it will be sent, in any case. */
  readonly method: string;
  /** Absolute URL. */
  readonly url: string;
  /** The same in two parts, for a transport that has it so: nobody puts them together to see where it leads. */
  readonly base?: string | undefined;
  /** What follows `base`; without one it is the URL. */
  readonly path?: string | undefined;
  /** Request headers. */
  readonly header: HeaderReader;
  /** How many attempts of the same call went before. */
  readonly retryCount: number;
  /** Of a retry: the error that it follows, when it is known. */
  readonly follows?: FollowedError | undefined;
  /** Present when a retry policy or a throttle had it wait. */
  readonly delay?: AttemptDelay | undefined;
}

/** A request as the options `client` and `ignore` see it. It holds the caller's values: record none of them. */
export interface CallerRequest {
  /** From the closed set of methods. */
  readonly method: string;
  /** URL template of the operation, or `unmatched`. */
  readonly urlTemplate: string;
  /** Absolute URL as asked for. */
  readonly url: string;
  /** Reads a request header by its name, in any case. */
  readonly header: (name: string) => string | undefined;
}

/** The raw facts of an attempt. They hold the body and the caller's values: log the outcome, not these. */
export interface RawAttempt {
  readonly method: string;
  readonly url: string;
  readonly ending: Ending;
}

/** Called once for each finished attempt. What it throws or rejects with is swallowed and counted. */
export type OnOutcome = (outcome: Outcome, attempt: RawAttempt) => void;
