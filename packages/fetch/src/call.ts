import type { FollowedError, HeaderReader, Outcome } from "@intercom-telemetry/core";
import type { AttemptDelay } from "@intercom-telemetry/core/record";
import { isObject } from "@intercom-telemetry/core/record";

/** What is known of one call between its attempts. */
export class Call {
  /** Attempts that have started. */
  attempts: number;
  /** The error of the last attempt; absent when it succeeded or is not known. */
  follows: FollowedError | undefined;
  /** The official SDK makes this call, and may make its own retries. */
  readonly isSdk: boolean;
  #delay: AttemptDelay | undefined;
  #endedMilliseconds = 0;
  #settle: (() => void) | undefined;

  constructor({
    attempts = 0,
    follows,
    isSdk = false,
  }: Partial<Pick<Call, "attempts" | "follows" | "isSdk">> = {}) {
    this.attempts = attempts;
    this.follows = follows;
    this.isSdk = isSdk;
  }

  /** The wait before the next attempt, and why: a policy said so, or the official SDK waited. */
  get delay(): AttemptDelay | undefined {
    if (this.#delay || !this.isSdk || this.attempts === 0) return this.#delay;
    return { seconds: Math.max(0, (performance.now() - this.#endedMilliseconds) / 1000), reason: "sdk" };
  }

  set delay(delay: AttemptDelay | undefined) {
    this.#delay = delay;
  }

  /** An attempt has started. */
  begin(): void {
    this.attempts += 1;
    this.#delay = undefined;
    this.follows = undefined;
  }

  /**
   * The headers of a response have arrived.
   *
   * @param settle records the attempt with what is known by then.
   */
  recordHeaders(settle: () => void): void {
    this.#endedMilliseconds = performance.now();
    this.#settle = settle;
  }

  /** An attempt has ended. */
  recordEnd({ error }: Pick<Outcome, "error">): void {
    this.#settle = undefined;
    this.follows = error && { code: error.code, category: error.category };
  }

  /** A retry is about to start, so nobody will read the body of the last attempt any more. */
  settleLast(): void {
    this.#settle?.();
  }
}

/** The calls of the official SDK, by the headers object that all attempts of a call share. */
const sdkCalls = new WeakMap<object, Call>();

/** The call of the official SDK that these headers belong to; `undefined` when another library made them. */
export function sdkCallOf(headers: unknown, header: HeaderReader): Call | undefined {
  if (!isObject(headers)) return undefined;
  const known = sdkCalls.get(headers);
  if (known) return known;
  if (header("x-fern-sdk-name") !== "intercom-client") return undefined;
  const call = new Call({ isSdk: true });
  sdkCalls.set(headers, call);
  return call;
}
