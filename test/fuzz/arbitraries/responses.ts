import { AxiosHeaders } from "axios";
import fc from "fast-check";
import { BODIES, HEADER_NAMES, HEADER_VALUES } from "../corpus.ts";
import { scalar, text } from "./text.ts";

/** What an adapter responses with. */
export interface GivenResponse {
  readonly status: unknown;
  readonly headers: unknown;
  readonly data: unknown;
}

const entry = fc.oneof(
  fc.record({ code: scalar, type: scalar, message: text, field: scalar }, { requiredKeys: [] }),
  scalar,
);
const errors = fc.oneof(
  { weight: 4, arbitrary: fc.array(entry, { maxLength: 3 }) },
  { weight: 1, arbitrary: fc.dictionary(text, scalar, { maxKeys: 3 }) },
  { weight: 1, arbitrary: scalar },
);
const parsed = fc.record(
  {
    type: fc.oneof(fc.constantFrom("error.list", "error", "contact"), scalar),
    request_id: scalar,
    errors,
    error_key: scalar,
    message: text,
  },
  { requiredKeys: [] },
);
const json = parsed.map((value) => JSON.stringify(value));
const cutJson = fc.tuple(json, fc.nat(200)).map(([whole, end]) => whole.slice(0, end));

/** Bodies as an adapter hands them on: text, bytes, or parsed. */
export const body: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: json },
  { weight: 1, arbitrary: cutJson },
  { weight: 1, arbitrary: parsed },
  { weight: 1, arbitrary: json.map((value) => Buffer.from(value)) },
  { weight: 1, arbitrary: fc.constantFrom(...BODIES) },
  { weight: 1, arbitrary: scalar },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 20 }) },
);

const headerValue = fc.oneof(fc.constantFrom(...HEADER_VALUES), text);
const headerRecord = fc.dictionary(fc.constantFrom(...HEADER_NAMES), headerValue, {
  maxKeys: 8,
  noNullPrototype: false,
});

const toAxiosHeaders = (record: Record<string, unknown>): AxiosHeaders => {
  const headers = new AxiosHeaders();
  for (const [name, value] of Object.entries(record)) headers.set(name, value as string, false);
  return headers;
};

/** Only what fetch itself would accept gets into a `Headers`. */
const toFetchHeaders = (record: Record<string, unknown>): Headers => {
  const headers = new Headers();
  for (const [name, value] of Object.entries(record)) {
    const printable = String(value).replace(/[^\x20-\x7e]/g, "");
    headers.append(name, printable.trim());
  }
  return headers;
};

const headers: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: headerRecord },
  { weight: 2, arbitrary: headerRecord.map(toAxiosHeaders) },
  { weight: 1, arbitrary: headerRecord.map(toFetchHeaders) },
  { weight: 1, arbitrary: fc.constantFrom<unknown>(undefined, null, "x-request-id: 1", [], new Map()) },
);

const status: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(200, 201, 204, 302, 304, 400, 401, 404, 409, 422, 429, 500, 503) },
  { weight: 3, arbitrary: fc.integer({ min: 100, max: 999 }) },
  {
    weight: 1,
    arbitrary: fc.oneof(fc.integer(), fc.double(), fc.constantFrom<unknown>("200", null, undefined)),
  },
);

/** Any response. */
export const givenResponse: fc.Arbitrary<GivenResponse> = fc.record({ status, headers, data: body });
