import type { ExpectedError } from "../expected-errors.ts";

/** A response before it is delivered. */
export interface SimulatedResponse {
  readonly status: number;
  /** Absent: no body. */
  readonly body?: string | Buffer;
  /** Instead of a body: what becomes one as JSON before it is delivered. */
  readonly json?: unknown;
  /** Default `application/json; charset=utf-8`. */
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** It comes from a gateway in front of Intercom: no request id, no rate-limit headers, nothing is counted. */
  readonly fromGateway?: boolean;
  /** Set when the request failed. */
  readonly error?: ExpectedError | undefined;
  /** Overrides what is left of the quota in the headers. */
  readonly remaining?: (actual: number) => number;
}

/** A response with a JSON body. */
export function jsonResponse(
  status: number,
  value: unknown,
  headers?: Readonly<Record<string, string>>,
): SimulatedResponse {
  return { status, json: value, ...(headers ? { headers } : {}) };
}

/** The response with its body as bytes or text. */
export function serializeBody({ json, ...response }: SimulatedResponse): SimulatedResponse {
  return json === undefined ? response : { ...response, body: JSON.stringify(json) };
}

/** What an error response needs besides its text. */
export interface ErrorFields {
  readonly field?: string;
  readonly data?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Intercom's usual error: `{ type: "error.list", request_id, errors: [{ code, message }] }`. */
export function errorResponse(
  requestId: string,
  status: number,
  code: string,
  message: string,
  { headers, ...fields }: ErrorFields = {},
): SimulatedResponse {
  const body = { type: "error.list", request_id: requestId, errors: [{ code, message, ...fields }] };
  return { ...jsonResponse(status, body, headers), error: { code } };
}
