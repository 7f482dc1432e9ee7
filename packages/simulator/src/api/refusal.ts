/** Thrown by a handler to respond with an error; the caller makes the response. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, code: string, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.name = "Refusal";
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}

/** The record, or 404 `not_found`. */
export function found<T>(record: T | undefined, message = "Resource Not Found"): T {
  if (record === undefined) throw new Refusal(404, "not_found", message);
  return record;
}
