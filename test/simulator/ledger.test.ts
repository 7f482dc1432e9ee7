import { request } from "node:http";
import { connect } from "node:net";
import { expect, test } from "vitest";
import { ask, call, createClock, start } from "./support.ts";

test("an entry says what went over the wire", async () => {
  const { epochMilliseconds } = createClock();
  const simulator = await start({ epochMilliseconds });
  const traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  const headers = { "x-simulator-correlation": "call-1", traceparent };
  const response = await call(simulator, "/contacts/a%40b?display_as=plaintext", { headers });
  const body = await response.text();
  expect(simulator.ledger.entries()).toEqual([
    {
      sequence: 1,
      app: "demo",
      method: "GET",
      path: "/contacts/a%40b",
      urlTemplate: "/contacts/{id}",
      status: 404,
      errorCode: "not_found",
      retryable: false,
      requestId: response.headers.get("x-request-id"),
      limit: 1667,
      remaining: 1666,
      resetEpochSeconds: 1_700_000_010,
      bytesSent: Buffer.byteLength(body),
      startedEpochSeconds: 1_700_000_000,
      durationSeconds: expect.closeTo(0, 0),
      correlation: "call-1",
      traceparent,
    },
  ]);
});

test("a success has neither code nor retry advice, a body of umlauts is counted in bytes", async () => {
  const simulator = await start();
  const { body } = await ask(simulator, "/tags", { body: { name: "äöü" } });
  const [entry] = simulator.ledger.entries();
  expect(entry).not.toHaveProperty("errorCode");
  expect(entry).not.toHaveProperty("retryable");
  expect(entry?.bytesSent).toBe(Buffer.byteLength(JSON.stringify(body)));
});

test("a full ledger drops its oldest entries and counts them", async () => {
  const simulator = await start({ ledgerLimit: 3 });
  for (let count = 0; count < 8; count++) await call(simulator, "/me");
  expect(simulator.ledger.entries().map(({ sequence }) => sequence)).toEqual([6, 7, 8]);
  expect(simulator.ledger.dropped).toBe(5);
  simulator.ledger.clear();
  expect([simulator.ledger.entries(), simulator.ledger.dropped]).toEqual([[], 0]);
  await call(simulator, "/me");
  expect(simulator.ledger.entries()).toMatchObject([{ sequence: 9 }]);
});

test("waiting for idle waits for every request in flight", async () => {
  const action = { kind: "slow_headers", seconds: 0.1 } as const;
  const simulator = await start({ script: { rules: [{ action }] } });
  await simulator.ledger.waitForIdle();
  const calls = [call(simulator, "/me"), call(simulator, "/me")];
  await expect.poll(() => simulator.ledger.inFlight).toBe(2);
  await simulator.ledger.waitForIdle();
  expect(simulator.ledger.entries().length).toBe(2);
  await Promise.all(calls);
});

test("a client that leaves in the middle of its request is in the ledger without a status", async () => {
  const simulator = await start();
  const upload = request(`${simulator.url}/contacts`, { method: "POST", headers: { "content-length": 100 } });
  upload.on("error", () => undefined);
  upload.write("{");
  await expect.poll(() => simulator.ledger.inFlight).toBe(1);
  upload.destroy();
  await simulator.ledger.waitForIdle();
  const [entry] = simulator.ledger.entries();
  expect(entry).toMatchObject({ urlTemplate: "/contacts", broken: "client_gone" });
  expect(entry).not.toHaveProperty("status");
  expect(entry).not.toHaveProperty("errorCode");
});

test("a request target that is an absolute URL is served as its path", async () => {
  const simulator = await start();
  const socket = connect(simulator.port, "127.0.0.1");
  socket.end(
    "GET http://api.intercom.io/me?a=b HTTP/1.1\r\nHost: api.intercom.io\r\nAuthorization: Bearer demo-token\r\nConnection: close\r\n\r\n",
  );
  const chunks: Buffer[] = [];
  for await (const chunk of socket) chunks.push(chunk);
  expect(Buffer.concat(chunks).toString()).toMatch(/^HTTP\/1\.1 200 OK/);
  expect(simulator.ledger.entries()).toMatchObject([{ path: "/me", urlTemplate: "/me", status: 200 }]);
});
