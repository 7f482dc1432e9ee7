import type { AxiosRequestConfig } from "axios";
import fc from "fast-check";
import { HEADER_NAMES, HEADER_VALUES, URLS } from "../corpus.ts";
import { scalar, text } from "./text.ts";

const segment = fc.oneof(
  fc.constantFrom("contacts", "conversations", "tags", "me", "search", "..", ".", "", "123"),
  text,
);
const path = fc.array(segment, { maxLength: 5 }).map((segments) => `/${segments.join("/")}`);
const query = fc
  .array(fc.tuple(text, text), { maxLength: 3 })
  .map((fields) => fields.map(([name, value]) => `${name}=${value}`).join("&"));
const builtUrl = fc
  .tuple(path, fc.option(query))
  .map(([base, fields]) => (fields ? `${base}?${fields}` : base));
/** Not what axios's types allow, and yet it takes them. */
const urlObject = fc.constantFrom(
  new URL("https://api.intercom.io/me"),
  new URL("https://elsewhere.example/me"),
);
const url = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(...URLS) },
  { weight: 5, arbitrary: builtUrl },
  { weight: 1, arbitrary: fc.oneof(urlObject, fc.constantFrom(null, undefined)) },
);

const baseURL = fc.constantFrom(
  "https://api.intercom.io",
  "https://api.intercom.io/",
  "https://api.eu.intercom.io",
  "https://user:pass@api.intercom.io",
  "https://elsewhere.example",
  "",
  undefined,
);

const params = fc.oneof(
  fc.dictionary(text, scalar, { maxKeys: 3 }),
  fc.array(scalar, { maxLength: 3 }),
  fc.array(fc.tuple(text, text), { maxLength: 3 }).map((pairs) => new URLSearchParams(pairs)),
  scalar,
);

const headers = fc.dictionary(
  fc.constantFrom(...HEADER_NAMES, "Authorization"),
  fc.oneof(fc.constantFrom(...HEADER_VALUES), text),
  { maxKeys: 3, noNullPrototype: false },
);

const method = fc.oneof(fc.constantFrom("get", "POST", "Put", "delete", "PURGE", "head", ""), text);

/** Request configurations as they come from a user's code, secrets in every part that has text. */
export const requestConfig: fc.Arbitrary<AxiosRequestConfig> = fc.record(
  {
    url,
    baseURL,
    method,
    params,
    headers,
    data: scalar,
    auth: fc.record({ username: text, password: text }),
    allowAbsoluteUrls: fc.boolean(),
    timeout: fc.constantFrom(0, 1000),
  },
  { requiredKeys: ["url"] },
) as fc.Arbitrary<AxiosRequestConfig>;
