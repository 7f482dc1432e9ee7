import type { ExpectedError } from "../expected-errors.ts";

/** An answer before it is delivered. */
export interface Answer {
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

/** An answer with a JSON body. */
export function jsonAnswer(
  status: number,
  value: unknown,
  headers?: Readonly<Record<string, string>>,
): Answer {
  return { status, json: value, ...(headers ? { headers } : {}) };
}

/** The answer with its body as bytes or text. */
export function serializeBody({ json, ...answer }: Answer): Answer {
  return json === undefined ? answer : { ...answer, body: JSON.stringify(json) };
}

/** What an error answer needs besides its text. */
export interface ErrorFields {
  readonly field?: string;
  readonly data?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Intercom's usual error: `{ type: "error.list", request_id, errors: [{ code, message }] }`. */
export function errorAnswer(
  requestId: string,
  status: number,
  code: string,
  message: string,
  { headers, ...fields }: ErrorFields = {},
): Answer {
  const body = { type: "error.list", request_id: requestId, errors: [{ code, message, ...fields }] };
  return { ...jsonAnswer(status, body, headers), error: { code } };
}
