import fc from "fast-check";
import { FAILURE_CODES } from "../corpus.ts";
import { type GivenResponse, givenResponse } from "./responses.ts";
import { scalar, text } from "./text.ts";

/** What an adapter rejects with, as data; `toError` makes the error, whose identity counts. */
export interface Failure {
  readonly code: unknown;
  readonly name: string;
  readonly message: string;
  readonly response: GivenResponse | undefined;
  readonly cause: unknown;
  readonly canceled: boolean;
}

const code = fc.oneof(fc.constantFrom(...FAILURE_CODES), text);
const name = fc.oneof(
  fc.constantFrom("Error", "AbortError", "TimeoutError", "AxiosError", "TypeError"),
  text,
);
const message = fc.oneof(
  fc.constantFrom(
    "maxContentLength size of 10 exceeded",
    "Request body larger than maxBodyLength limit",
    "terminated",
    "aborted",
    "stream has been aborted",
  ),
  text,
);
const cause = fc.oneof(fc.record({ code, message, name }), scalar);

/** Any failure with the shape of an error. */
export const failure: fc.Arbitrary<Failure> = fc.record({
  code,
  name,
  message,
  response: fc.option(givenResponse, { nil: undefined }),
  cause: fc.option(cause, { nil: undefined }),
  canceled: fc.boolean(),
});

/** What is thrown in its place by code that does not throw errors. */
export const thrownValue: fc.Arbitrary<unknown> = fc.oneof(scalar, fc.constant(undefined));

/** The error that the data describes. */
export function toError({ canceled, ...members }: Failure): Error {
  const error = Object.assign(new Error(members.message), members, { isAxiosError: true });
  return canceled ? Object.assign(error, { __CANCEL__: true }) : error;
}
