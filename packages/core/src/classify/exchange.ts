/** Reads one header by its lower-case name; `undefined` when it is absent. Never throws. */
export type HeaderReader = (lowerCaseName: string) => string | undefined;

/** Why no response arrived, in the words of the transport. */
export interface TransportFailure {
  /** A transport code of the catalogue, or a code of Node's (`ECONNREFUSED`); anything else reads as `network_error`. */
  readonly code: string;
}

/** One request and how it ended: plain facts, whichever transport carried it. */
export interface Exchange {
  /** Name the user gave to the instrumented client. */
  readonly client: string;
  /** As sent, in any case. */
  readonly method: string;
  /** The absolute URL that was asked for, before redirects. */
  readonly url: string;
  /** 1 for the first send, 2 for the first resend. */
  readonly attempt: number;
  /** `Intercom-Version` of the request. */
  readonly apiVersion?: string | undefined;
  /** HTTP status, when a response arrived. */
  readonly status?: number | undefined;
  /** Response headers, when a response arrived. */
  readonly headers?: HeaderReader | undefined;
  /** Response body as the transport left it: text, bytes, parsed JSON, or something unreadable such as a stream. */
  readonly body?: unknown | undefined;
  /** Set when no usable response arrived. */
  readonly failure?: TransportFailure | undefined;
  /** Time on the wire, in seconds, from a monotonic clock. */
  readonly durationSeconds: number;
}
