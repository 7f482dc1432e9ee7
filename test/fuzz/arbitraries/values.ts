import fc from "fast-check";
import { scalar } from "./text.ts";

/** An object that no JSON can hold. */
function createCircle(): object {
  const circle: { self?: object } = {};
  circle.self = circle;
  return circle;
}

/** What a user may put where something else is expected. */
export const anything: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: scalar },
  { weight: 1, arbitrary: fc.array(scalar, { maxLength: 3 }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom<unknown>(
      undefined,
      {},
      { toString: "no" },
      Object.create(null),
      createCircle(),
      [createCircle()],
      10n,
      Symbol("option"),
      new Map([["a", 1]]),
      new Date(Number.NaN),
      () => undefined,
      class Option {},
      Number.NaN,
      Number.POSITIVE_INFINITY,
      -0,
    ),
  },
);
