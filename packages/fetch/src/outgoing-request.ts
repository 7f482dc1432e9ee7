import type { FollowedError, HeaderReader } from "@intercom-telemetry/core";
import type { AttemptDelay, OutgoingRequest } from "@intercom-telemetry/core/record";
import { isObject } from "@intercom-telemetry/core/record";
import { Call, sdkCallOf } from "./call.ts";
import { headerReader } from "./headers.ts";
import { markOf } from "./mark-retry.ts";

/** What fetch is called with. */
export type FetchArguments = Parameters<typeof fetch>;

/** The URL as fetch would read it; empty for what has none. */
function urlOf(input: unknown): string {
  if (typeof input === "string") return input;
  const url = isObject(input) ? (input.url ?? input.href) : undefined;
  if (typeof url === "string") return url;
  try {
    return String(input);
  } catch {
    return "";
  }
}

function callFor({ args, headers, header }: FetchRequest): Call {
  const mark = markOf(args);
  if (mark) return new Call({ attempts: mark.retryCount, follows: mark.follows });
  const call = sdkCallOf(headers, header);
  call?.settleLast();
  return call ?? new Call();
}

/** What a call of fetch will send, as fetch reads it: the init wins over a Request. */
export class FetchRequest implements OutgoingRequest {
  readonly args: FetchArguments;
  readonly url: string;
  readonly header: HeaderReader;
  /** The caller's headers, as they are. */
  readonly headers: unknown;
  readonly signal: unknown;
  readonly #request: Record<PropertyKey, unknown> | undefined;
  readonly #init: Record<PropertyKey, unknown> | undefined;
  #call: Call | undefined;

  /** @param call that the attempt belongs to; found out when it is asked for. */
  constructor(args: FetchArguments, call?: Call) {
    const [input, init]: readonly unknown[] = args;
    this.args = args;
    this.url = urlOf(input);
    this.#request = isObject(input) && typeof input.url === "string" ? input : undefined;
    this.#init = isObject(init) ? init : undefined;
    this.headers = this.#init?.headers ?? this.#request?.headers;
    this.header = headerReader(this.headers);
    const signal = this.#init?.signal;
    // As fetch reads it: `null` takes the signal off a Request.
    this.signal = signal === undefined ? this.#request?.signal : signal;
    this.#call = call;
  }

  get method(): string {
    return String(this.#init?.method ?? this.#request?.method ?? "GET");
  }

  /** As the caller gave it. That of a Request is a stream. */
  get body(): unknown {
    return this.#init?.body ?? this.#request?.body;
  }

  /** The signal was aborted before the call, so nothing will be sent. */
  get isAborted(): boolean {
    return isObject(this.signal) && this.signal.aborted === true;
  }

  /** The call that this attempt belongs to. */
  get call(): Call {
    this.#call ??= callFor(this);
    return this.#call;
  }

  get retryCount(): number {
    return this.call.attempts;
  }

  get follows(): FollowedError | undefined {
    return this.call.follows;
  }

  get delay(): AttemptDelay | undefined {
    return this.call.delay;
  }
}
