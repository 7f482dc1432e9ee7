import fc from "fast-check";
import { failure, thrownValue, toError } from "./failures.ts";
import { type GivenResponse, givenResponse } from "./responses.ts";

/** What a fetch ends with: a response or a rejection, made again each time. */
export type Ending = () => { readonly value: unknown; readonly rejects: boolean };

const WITHOUT_BODY: ReadonlySet<unknown> = new Set([204, 205, 304]);

function toResponse({ status, headers, data }: GivenResponse): Response | undefined {
  const body = typeof data === "string" || data instanceof Uint8Array ? data : JSON.stringify(data);
  try {
    const init = { status: status as number, headers: headers as Record<string, string> };
    return new Response(WITHOUT_BODY.has(status) ? null : (body as string), init);
  } catch {
    // Nothing that a fetch could end with.
    return undefined;
  }
}

/** Any of them. */
export const ending: fc.Arbitrary<Ending> = fc.oneof(
  {
    weight: 4,
    arbitrary: givenResponse
      .filter((given) => toResponse(given) !== undefined)
      .map((given) => () => ({ value: toResponse(given), rejects: false })),
  },
  { weight: 1, arbitrary: failure.map((given) => () => ({ value: toError(given), rejects: true })) },
  { weight: 1, arbitrary: thrownValue.map((value) => () => ({ value, rejects: true })) },
);
