import fc from "fast-check";
import { SECRETS } from "../secrets.ts";

/** A secret, alone or with something around it. */
const secretText = fc
  .tuple(fc.constantFrom(...Object.values(SECRETS)), fc.constantFrom("", " ", "x", '"', "\n", "/", "%", "\\"))
  .map(([secret, around]) => `${around}${secret}${around}`);

const code = fc.constantFrom(
  "rate_limit_exceeded",
  "not_found",
  "conflict",
  "unauthorized",
  "never_documented",
  "canceled",
  "timeout",
  "other",
  "400",
);

/** A short text: a code that is known or not, a secret, any characters, or a number in writing. */
export const text: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: secretText },
  { weight: 3, arbitrary: code },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 12 }) },
  { weight: 1, arbitrary: fc.string({ maxLength: 12 }) },
  { weight: 1, arbitrary: fc.integer().map(String) },
);

/** Any value that JSON can hold, not deep. */
export const scalar: fc.Arbitrary<unknown> = fc.oneof(
  text,
  fc.integer(),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
);
