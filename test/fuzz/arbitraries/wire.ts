import fc from "fast-check";
import { HEADER_NAMES, HEADER_VALUES } from "../corpus.ts";
import { body } from "./responses.ts";
import { scalar, text } from "./text.ts";

const statusLine = fc.oneof(
  {
    weight: 8,
    arbitrary: fc
      .constantFrom(200, 200, 200, 204, 302, 401, 403, 404, 429, 500, 503)
      .map((status) => `HTTP/1.1 ${status} x`),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.integer({ min: 100, max: 999 }), text).map(([s, t]) => `HTTP/1.1 ${s} ${t}`),
  },
  { weight: 1, arbitrary: text },
);

const headerLine = fc
  .tuple(
    fc.constantFrom(...HEADER_NAMES, "Location", "Transfer-Encoding", "Content-Encoding"),
    fc.oneof(fc.constantFrom(...HEADER_VALUES), text),
  )
  .map(([name, value]) => `${name}: ${String(value)}`);

/** What `GET /me` responds, personal data in every part. */
const me = fc
  .record(
    {
      type: fc.oneof(fc.constant("admin"), scalar),
      email: text,
      name: text,
      app: fc.oneof(
        fc.record({ type: text, id_code: text, region: fc.oneof(fc.constantFrom("US", "EU"), text) }),
        scalar,
      ),
    },
    { requiredKeys: [] },
  )
  .map((value) => JSON.stringify(value));

function toBytes(value: unknown): Buffer {
  if (typeof value === "string" || value instanceof Uint8Array) return Buffer.from(value);
  return Buffer.from(JSON.stringify(value) ?? "");
}

/** A response as bytes on a socket; some are not HTTP at all, some break off. */
export const wireResponse: fc.Arbitrary<Buffer> = fc
  .record({
    first: statusLine,
    lines: fc.array(headerLine, { maxLength: 5 }),
    content: fc.oneof(body, me).map(toBytes),
    missingBytes: fc.oneof({ weight: 9, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(50) }),
  })
  .map(({ first, lines, content, missingBytes }) => {
    const head = [first, ...lines, `Content-Length: ${content.length + missingBytes}`, "", ""].join("\r\n");
    return Buffer.concat([Buffer.from(head), content]);
  });

const publicText = fc.oneof(fc.string({ unit: "binary", maxLength: 12 }), fc.constantFrom("API", "EU Inbox"));
const state = fc.oneof(
  fc.constantFrom("operational", "partial_outage", "full_outage", "__proto__", "resolved", "major"),
  publicText,
);
const entry = fc.record(
  {
    name: fc.oneof(publicText, fc.integer()),
    status: state,
    impact: state,
    group: fc.boolean(),
    group_id: publicText,
  },
  { requiredKeys: [] },
);
const entries = fc.oneof(fc.array(fc.oneof(entry, fc.constantFrom(null, 7)), { maxLength: 3 }), scalar);

/** What the status page responds, which is public text, but no less hostile. */
export const statusPageResponse: fc.Arbitrary<Buffer> = fc
  .record({
    status: fc.oneof(fc.record({ indicator: state }), fc.constantFrom(null, 7)),
    components: entries.filter((value) => typeof value === "object"),
    incidents: entries.filter((value) => typeof value === "object"),
  })
  .map((summary) => {
    const content = Buffer.from(JSON.stringify(summary));
    return Buffer.concat([
      Buffer.from(`HTTP/1.1 200 OK\r\nContent-Length: ${content.length}\r\n\r\n`),
      content,
    ]);
  });
