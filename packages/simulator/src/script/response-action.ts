/** What any scripted response may add. */
interface ResponseExtras {
  /** Further response headers; they win over the usual ones. */
  readonly headers?: Readonly<Record<string, string>>;
  /** `Retry-After`: seconds, or an HTTP date. */
  readonly retryAfter?: number | string;
}

/** Says in the ledger what the response means, where its body does not. */
export interface StatedMeaning {
  readonly code: string;
  readonly retryable: boolean;
}

/** An entry of an `errors` array. */
export interface ErrorEntry {
  readonly code: string;
  readonly message?: string;
  readonly field?: string;
  readonly data?: Readonly<Record<string, unknown>>;
}

/** `{ type: "error.list", request_id, errors: [...] }`, the usual body; with status 200 too. */
export interface ErrorListAction extends ResponseExtras, ErrorEntry {
  readonly kind: "error_list";
  readonly status: number;
  /** Needed for a code that the simulator does not know. */
  readonly retryable?: boolean;
  /** Entries after the first. */
  readonly more?: readonly ErrorEntry[];
  /** Where the code stands in an entry: `type` is what old servers sent. Default `code`. */
  readonly codeKey?: "code" | "type";
  /** Default true; false leaves `request_id` out of the body, not out of the headers. */
  readonly requestId?: boolean;
}

/** `{ errors: { <field>: text } }` without a code: a failure with 4xx, a success with warnings with 200. */
export interface ErrorsByFieldAction extends ResponseExtras {
  readonly kind: "errors_by_field";
  /** Default 422. */
  readonly status?: number;
  readonly fields?: Readonly<Record<string, unknown>>;
}

/** `{ type: "error", request_id, message }` without a code. */
export interface ErrorMessageAction extends ResponseExtras {
  readonly kind: "error_message";
  readonly status: number;
  readonly message?: string;
}

/** `{ error_key, message }`, as POST /phone_call_redirects responds. */
export interface ErrorKeyAction extends ResponseExtras {
  readonly kind: "error_key";
  /** Default 400. */
  readonly status?: number;
  readonly key: string;
  readonly message?: string;
  /** Needed for a key that the simulator does not know. */
  readonly retryable?: boolean;
}

/** What is wrong with a body that says nothing a client can use. */
export type BareKind =
  | "html"
  | "xml"
  | "empty"
  | "no_errors"
  | "null_body"
  | "cut_json"
  | "numeric_code"
  | "long_code"
  | "invalid_utf8";

/** A status whose body says nothing a client can use. */
export interface BareAction extends ResponseExtras {
  readonly kind: BareKind;
  readonly status: number;
}

/** An `error.list` padded beyond what a client should parse; its code is the one its status stands for. */
export interface OversizedAction extends ResponseExtras {
  readonly kind: "oversized";
  readonly status: number;
  /** Default 70,000. */
  readonly bytes?: number;
}

/** 429 in its three forms: the window is used up, too many export jobs, the server is overloaded. */
export interface RateLimitedAction extends ResponseExtras {
  readonly kind: "rate_limited";
  readonly by: "window" | "jobs" | "overload";
}

/** A redirect; to the path that was asked for, it goes round in a loop. */
export interface RedirectAction extends ResponseExtras {
  readonly kind: "redirect";
  /** Default 302. */
  readonly status?: 301 | 302 | 303 | 307 | 308;
  /** `self`, a path on this server, or `storage`: the simulator's other host. */
  readonly to: string;
}

/** 304 without a body. */
export interface NotModifiedAction extends ResponseExtras {
  readonly kind: "not_modified";
}

/** Anything at all: the body is sent as it stands, an object or array as JSON. */
export interface RespondAction extends ResponseExtras {
  readonly kind: "respond";
  readonly status: number;
  readonly body?: unknown;
  /** Default: what the status stands for. */
  readonly means?: StatedMeaning;
}

/** An action that replaces the response. */
export type ResponseAction =
  | ErrorListAction
  | ErrorsByFieldAction
  | ErrorMessageAction
  | ErrorKeyAction
  | BareAction
  | OversizedAction
  | RateLimitedAction
  | RedirectAction
  | NotModifiedAction
  | RespondAction;
