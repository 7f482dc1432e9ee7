import type { DocumentedOperation } from "@intercom-telemetry/core/facts";
import type { Answer } from "../http/answer.ts";
import type { RunningApp } from "../running-app.ts";

/** An authenticated request to a known operation, its body parsed. */
export interface ApiRequest {
  readonly endpoint: DocumentedOperation;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** Empty when the request had no body. */
  readonly body: Readonly<Record<string, unknown>>;
  readonly app: RunningApp;
  readonly requestId: string;
  /** Seconds since the epoch. */
  readonly nowSeconds: number;
  /** Origin of this server, for links. */
  readonly origin: string;
}

/** Carries an operation out. */
export type ApiHandler = (request: ApiRequest) => Answer;
