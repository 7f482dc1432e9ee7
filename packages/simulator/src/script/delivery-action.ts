import type { ResponseAction } from "./response-action.ts";

/** Ways in which the three rate-limit headers can be wrong. */
export const RATE_HEADER_FAULTS = [
  "missing",
  "blank",
  "negative",
  "float",
  "overflow",
  "words",
  "duplicate",
  "remaining_above_limit",
  "reset_in_past",
  "reset_far_future",
  "reset_in_milliseconds",
] as const;

/** One of {@link RATE_HEADER_FAULTS}. */
export type RateHeaderFault = (typeof RATE_HEADER_FAULTS)[number];

/** The response that is delivered badly; default: what the API would have sent, its effect included. */
interface Delivered {
  readonly response?: ResponseAction;
}

/** The connection is dropped before a byte of the response, and before the request had any effect. */
export interface ResetAction {
  readonly kind: "reset";
}

/** Nothing is ever sent; it ends when the client leaves or the simulator closes. */
export interface HangAction {
  readonly kind: "hang";
}

/** `Content-Length` promises the whole body, the connection drops in the middle of it. */
export interface CutBodyAction extends Delivered {
  readonly kind: "cut_body";
  /** The body comes in chunks without `Content-Length`, and the last chunk is missing. Default false. */
  readonly chunked?: boolean;
}

/** The head comes at once, then half the body, and then nothing until the client leaves. */
export interface StalledBodyAction extends Delivered {
  readonly kind: "stalled_body";
}

/** A download: this many bytes instead of the body, as fast as the client takes them. */
export interface LargeBodyAction extends Delivered {
  readonly kind: "large_body";
  readonly bytes: number;
}

/** The head of the response comes late. */
export interface SlowHeadersAction extends Delivered {
  readonly kind: "slow_headers";
  readonly seconds: number;
}

/** The head comes at once, the body in pieces over the given time. */
export interface SlowBodyAction extends Delivered {
  readonly kind: "slow_body";
  readonly seconds: number;
}

/** The body is compressed, rightly or so that it cannot be read. */
export interface GzipAction extends Delivered {
  readonly kind: "gzip" | "corrupt_gzip";
}

/** The rate-limit headers are wrong. */
export interface RateHeadersAction extends Delivered {
  readonly kind: "rate_headers";
  readonly fault: RateHeaderFault;
}

/** An action that bends or breaks how a response travels. */
export type DeliveryAction =
  | ResetAction
  | HangAction
  | CutBodyAction
  | StalledBodyAction
  | LargeBodyAction
  | SlowHeadersAction
  | SlowBodyAction
  | GzipAction
  | RateHeadersAction;
