import { connect } from "node:net";
import { ALL_OPERATIONS } from "@intercom-telemetry/core/facts";
import type { Simulator } from "@intercom-telemetry/simulator";
import fc from "fast-check";
import { expect, test } from "vitest";
import { ask, call, start } from "./support.ts";

const APPS = [{ name: "demo", token: "demo-token", limitPerWindow: 1_000_000 }];

/** Sends bytes as they are and waits until the server has closed the connection, or said something. */
function sendRaw(simulator: Simulator, bytes: Uint8Array): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(simulator.port, "127.0.0.1", () => socket.end(bytes));
    socket.on("data", () => socket.destroy());
    socket.on("error", () => undefined);
    socket.on("close", () => resolve());
  });
}

const operation = fc.constantFrom(...ALL_OPERATIONS.map(({ method, template }) => ({ method, template })));
const segment = fc.string({ minLength: 1, maxLength: 20 }).map(encodeURIComponent);
const BODY_KEYS = ["id", "email", "query", "pagination", "from", "name", "custom_attributes", "message_type"];
/** JSON, with objects that cannot be turned into text among it. */
const json = fc.oneof(
  { weight: 4, arbitrary: fc.jsonValue() },
  { weight: 1, arbitrary: fc.constant({ toString: 1 }) },
);
const filter = fc.record({
  field: fc.constantFrom("name", "email", "created_at", "state", "custom_attributes.plan"),
  operator: fc.constantFrom("=", "!=", "IN", "NIN", ">", "<", "~", "!~", "^", "$", "AND"),
  value: json,
});
const body = fc.oneof(
  fc.oneof(filter, json).map((query) => JSON.stringify({ query })),
  fc.dictionary(fc.constantFrom(...BODY_KEYS), json, { maxKeys: 4 }).map((value) => JSON.stringify(value)),
  fc.json(),
  fc.string(),
);
const query = fc.string({ maxLength: 30 }).map(encodeURI);

test("whatever an operation is sent, it responds with a status of HTTP, never with its own failure", async () => {
  const simulator = await start({ apps: APPS, indexLagSeconds: 0 });
  const plan = { toString: 1 };
  const contact = await ask(simulator, "/contacts", { body: { role: "user", custom_attributes: { plan } } });
  await ask(simulator, "/conversations", { body: { from: { id: contact.body?.id }, body: "Hello" } });
  await fc.assert(
    fc.asyncProperty(operation, segment, body, query, async ({ method, template }, id, text, search) => {
      const path = `${template.replace(/\{[^}]+\}/g, id)}?per_page=${search}`;
      const response = await call(simulator, path, {
        method,
        redirect: "manual",
        ...(method === "GET" ? {} : { body: text }),
      });
      await response.arrayBuffer();
      expect(response.status).toBeLessThan(500);
    }),
    { numRuns: 400 },
  );
});

const headerName = fc.constantFrom(
  "authorization",
  "accept",
  "intercom-version",
  "content-type",
  "traceparent",
);
/** Everything that a header may hold: visible ASCII, blanks and the upper half of Latin-1. */
const headerText = fc.string({
  unit: fc
    .oneof(fc.integer({ min: 0x20, max: 0x7e }), fc.integer({ min: 0x80, max: 0xff }))
    .map((code) => String.fromCharCode(code)),
});

test("whatever stands in the headers, the response is one of HTTP", async () => {
  const simulator = await start({ apps: APPS });
  await fc.assert(
    fc.asyncProperty(fc.dictionary(headerName, headerText), async (headers) => {
      const response = await call(simulator, "/contacts", { body: {}, headers });
      await response.arrayBuffer();
      expect(response.status).toBeLessThan(500);
    }),
    { numRuns: 200 },
  );
});

const prefix = fc.constantFrom(
  "",
  "GET ",
  "GET /contacts HTTP/1.1\r\n",
  "POST /contacts HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n",
  "POST /contacts HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n",
  "CONNECT x:1 HTTP/1.1\r\nHost: x\r\n\r\n",
  "OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n",
  "GET /me HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n",
  "PUT /__simulator/script HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n",
);

test("the server outlives bytes that are not HTTP, and ends every exchange they begin", async () => {
  const simulator = await start({ apps: APPS });
  await fc.assert(
    fc.asyncProperty(prefix, fc.uint8Array({ maxLength: 60 }), async (head, bytes) => {
      await sendRaw(simulator, Buffer.concat([Buffer.from(head), bytes]));
    }),
    { numRuns: 200 },
  );
  await simulator.ledger.waitForIdle();
  expect((await call(simulator, "/me")).status).toBe(200);
});
