import type { IncomingMessage, ServerResponse } from "node:http";
import type { RateLimit } from "../quota/rate-window.ts";
import type { RunningApp } from "../running-app.ts";
import type { Ending } from "./end-exchange.ts";
import type { RequestBody } from "./read-body.ts";
import type { RouteMatch } from "./router.ts";

/** One request on its way through the simulator. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly sequence: number;
  readonly method: string;
  /** Raw, without query. */
  readonly path: string;
  /** Raw, without the question mark. */
  readonly query: string;
  readonly match: RouteMatch | undefined;
  /** Template that is served, or `unmatched`. */
  readonly route: string;
  /** The app whose token was sent, revoked or not. */
  readonly app: RunningApp | undefined;
  readonly requestId: string;
  readonly startedEpochSeconds: number;
  /** From a monotonic clock. */
  readonly startedMilliseconds: number;
  /** Empty until it has been read. */
  body: RequestBody;
  rateLimit?: RateLimit;
  ended: boolean;
  /** What the ledger says when the connection closes before the answer is complete. */
  ifClosed: Ending;
}
