import type { DocumentedOperation } from "@intercom-telemetry/core/facts";
import type { RunningApp } from "../running-app.ts";
import type { SimulatedResponse } from "../wire/response.ts";

/** An authenticated request to a known operation, its body parsed. */
export interface ApiRequest {
  readonly operation: DocumentedOperation;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** Empty when the request had no body. */
  readonly body: Readonly<Record<string, unknown>>;
  readonly app: RunningApp;
  /** Of the API, as the request asks for it. */
  readonly version: string | undefined;
  readonly requestId: string;
  /** Seconds since the epoch. */
  readonly nowSeconds: number;
  /** Origin of this server, for links. */
  readonly origin: string;
  /** Origin of the host that downloads are redirected to. */
  readonly storageOrigin: string;
}

/** Carries an operation out. */
export type ApiHandler = (request: ApiRequest) => SimulatedResponse;
