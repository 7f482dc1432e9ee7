import type { FollowedError, HeaderReader } from "@intercom-telemetry/core";
import type { AttemptDelay, OutgoingRequest } from "@intercom-telemetry/core/record";
import { isObject } from "@intercom-telemetry/core/record";
import { Call, sdkCallOf } from "./call.ts";
import { headerReader } from "./headers.ts";
import { markOf } from "./mark-retry.ts";

/** What fetch is called with. */
export type FetchArguments = Parameters<typeof fetch>;

/** The URL as fetch would read it; empty for what has none. */
export function urlOf(input: unknown): string {
  if (typeof input === "string") return input;
  const url = isObject(input) ? (input.url ?? input.href) : undefined;
  if (typeof url === "string") return url;
  try {
    return String(input);
  } catch {
    return "";
  }
}

function callFor(args: FetchArguments, headers: unknown, header: HeaderReader): Call {
  const mark = markOf(args);
  const call = mark ? undefined : sdkCallOf(headers, header);
  if (call) {
    call.settleLast();
    return call;
  }
  const marked = new Call();
  marked.attempts = mark?.retryCount ?? 0;
  marked.follows = mark?.follows;
  return marked;
}

/** What a call of fetch will send, as fetch reads it: the init wins over a Request. */
export class FetchRequest implements OutgoingRequest {
  readonly url: string;
  readonly header: HeaderReader;
  readonly headers: unknown;
  readonly signal: unknown;
  readonly #arguments: FetchArguments;
  readonly #method: unknown;
  #call: Call | undefined;

  constructor(args: FetchArguments) {
    const [input, given]: readonly unknown[] = args;
    const request = isObject(input) && typeof input.url === "string" ? input : undefined;
    const init = isObject(given) ? given : undefined;
    this.url = urlOf(input);
    this.headers = init?.headers ?? request?.headers;
    this.header = headerReader(this.headers);
    this.signal = init?.signal ?? request?.signal;
    this.#method = init?.method ?? request?.method ?? "GET";
    this.#arguments = args;
  }

  get method(): string {
    return String(this.#method);
  }

  /** The signal was aborted before the call, so nothing will be sent. */
  get isAborted(): boolean {
    return isObject(this.signal) && this.signal.aborted === true;
  }

  /** The call that this attempt belongs to. */
  get call(): Call {
    this.#call ??= callFor(this.#arguments, this.headers, this.header);
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
