import { gzipSync } from "node:zlib";
import type { FaultAction } from "@intercom-telemetry/simulator";
import { expect, test } from "vitest";
import { ask, call, start } from "./support.ts";

const scripted = (...sequence: FaultAction[]) => start({ script: { rules: [{ sequence }] } });

test("a reset drops the connection before the response, and the request has no effect", async () => {
  const simulator = await scripted({ kind: "reset" });
  const body = { email: "ann@example.com" };
  await expect(call(simulator, "/contacts", { body })).rejects.toMatchObject({
    cause: { code: "ECONNRESET" },
  });
  const [entry] = simulator.ledger.entries();
  expect(entry).toMatchObject({
    errorCode: "connection_reset",
    retryable: true,
    broken: "reset",
    bytesSent: 0,
  });
  expect(entry).not.toHaveProperty("status");
  expect((await call(simulator, "/contacts", { body })).status).toBe(200);
});

test("a hanging request ends when its client leaves", async () => {
  const simulator = await scripted({ kind: "hang" });
  await expect(call(simulator, "/me", { signal: AbortSignal.timeout(100) })).rejects.toThrow();
  await simulator.ledger.waitForIdle();
  const [entry] = simulator.ledger.entries();
  expect(entry).toMatchObject({ errorCode: "timeout", retryable: true, broken: "hang", bytesSent: 0 });
  expect(entry).not.toHaveProperty("status");
});

test("closing the simulator ends hanging requests", async () => {
  const simulator = await scripted({ kind: "hang" });
  const hanging = call(simulator, "/me").catch((error: Error) => error);
  await expect.poll(() => simulator.ledger.inFlight).toBe(1);
  await simulator.close();
  expect(await hanging).toBeInstanceOf(Error);
  expect(simulator.ledger.entries()).toMatchObject([{ broken: "hang" }]);
});

test("a cut body promises more than it sends, and the request has had its effect", async () => {
  const simulator = await scripted({ kind: "cut_body" });
  const response = await call(simulator, "/contacts", { body: { email: "ann@example.com" } });
  await expect(response.text()).rejects.toThrow();
  const [entry] = simulator.ledger.entries();
  expect(entry).toMatchObject({
    status: 200,
    errorCode: "response_incomplete",
    retryable: true,
    broken: "truncated",
  });
  expect(entry?.bytesSent).toBeLessThan(Number(response.headers.get("content-length")));
  expect((await call(simulator, "/contacts", { body: { email: "ann@example.com" } })).status).toBe(409);
});

test("a cut body in chunks lacks its end, and no length was promised", async () => {
  const simulator = await scripted({ kind: "cut_body", chunked: true });
  const response = await call(simulator, "/me");
  expect([response.headers.get("transfer-encoding"), response.headers.get("content-length")]).toEqual([
    "chunked",
    null,
  ]);
  await expect(response.text()).rejects.toThrow();
  expect(simulator.ledger.entries()).toMatchObject([
    { status: 200, errorCode: "response_incomplete", retryable: true, broken: "truncated" },
  ]);
});

test("a stalled body has its head and its first half, and ends when its client leaves", async () => {
  const simulator = await scripted({
    kind: "stalled_body",
    response: { kind: "error_list", status: 404, code: "company_not_found" },
  });
  const response = await call(simulator, "/me", { signal: AbortSignal.timeout(200) });
  expect(response.status).toBe(404);
  const reader = response.body?.getReader();
  const { value } = (await reader?.read()) ?? {};
  const length = Number(response.headers.get("content-length"));
  expect(value?.length).toBe(Math.floor(length / 2));
  await expect(reader?.read()).rejects.toThrow();
  await simulator.ledger.waitForIdle();
  expect(simulator.ledger.entries()).toMatchObject([
    { status: 404, errorCode: "timeout", retryable: true, broken: "stalled_body", bytesSent: value?.length },
  ]);
});

test("a large body has all its bytes, as fast as the client takes them", async () => {
  const bytes = 5_000_001;
  const simulator = await scripted({ kind: "large_body", bytes });
  const response = await call(simulator, "/me");
  const [type, length] = ["content-type", "content-length"].map((name) => response.headers.get(name));
  expect([type, length]).toEqual(["application/octet-stream", String(bytes)]);
  expect((await response.arrayBuffer()).byteLength).toBe(bytes);
  expect(simulator.ledger.entries()).toMatchObject([{ status: 200, bytesSent: bytes }]);
});

test("a client that leaves in the middle of a large body leaves the rest unsent", async () => {
  const simulator = await scripted({ kind: "large_body", bytes: 200_000_000 });
  const response = await call(simulator, "/me");
  await response.body?.cancel();
  await simulator.ledger.waitForIdle();
  const [entry] = simulator.ledger.entries();
  expect(entry).toMatchObject({ status: 200, broken: "client_gone" });
  expect(entry?.bytesSent).toBeLessThan(50_000_000);
});

test.each(["cut_body", "corrupt_gzip"] as const)(
  "%s gives a response without a body one that can break",
  async (kind) => {
    const simulator = await scripted({ kind }, { kind, response: { kind: "not_modified" } });
    for (const path of ["/events", "/me"]) {
      const response = await call(
        simulator,
        path,
        path === "/events" ? { body: { event_name: "ordered" } } : {},
      );
      await expect(response.text()).rejects.toThrow();
    }
    expect(simulator.ledger.entries().map(({ status }) => status)).toEqual([202, 200]);
  },
);

test("slow headers come late, and the response is whole", async () => {
  const simulator = await scripted({ kind: "slow_headers", seconds: 0.1 });
  expect((await ask(simulator, "/me")).body).toMatchObject({ type: "admin" });
  const [entry] = simulator.ledger.entries();
  expect(entry).toMatchObject({ status: 200, broken: "slow_headers" });
  expect(entry).not.toHaveProperty("errorCode");
  expect(entry?.durationSeconds).toBeGreaterThan(0.09);
});

test("a slow body comes in pieces, and the response is whole", async () => {
  const simulator = await scripted({ kind: "slow_body", seconds: 0.1 });
  expect((await ask(simulator, "/me")).body).toMatchObject({ type: "admin" });
  const [entry] = simulator.ledger.entries();
  expect(entry).toMatchObject({ status: 200, broken: "slow_body" });
  expect(entry).not.toHaveProperty("errorCode");
  expect(entry?.durationSeconds).toBeGreaterThan(0.08);
});

test.each([
  ["slow_headers", undefined],
  ["slow_body", 200],
] as const)("a client that gives up on %s sees a timeout", async (kind, status) => {
  const simulator = await scripted({ kind, seconds: 60 });
  const given = call(simulator, "/me", { signal: AbortSignal.timeout(100) }).then((response) =>
    response.text(),
  );
  await expect(given).rejects.toThrow();
  await simulator.ledger.waitForIdle();
  const [entry] = simulator.ledger.entries();
  expect(entry).toMatchObject({ errorCode: "timeout", retryable: true, broken: kind });
  expect(entry?.status).toBe(status);
});

test("a response to HEAD has no body that could break", async () => {
  const simulator = await scripted({ kind: "cut_body" });
  expect((await call(simulator, "/me", { method: "HEAD" })).status).toBe(200);
  const [entry] = simulator.ledger.entries();
  expect(entry).toMatchObject({ method: "HEAD", urlTemplate: "/me", status: 200, bytesSent: 0 });
  expect(entry).not.toHaveProperty("broken");
});

test("gzip is read by any client, also around an error", async () => {
  const simulator = await scripted({
    kind: "gzip",
    response: { kind: "error_list", status: 404, code: "not_found" },
  });
  const reply = await ask(simulator, "/me");
  expect([reply.code, reply.headers.get("content-encoding")]).toEqual(["not_found", "gzip"]);
  expect(simulator.ledger.entries()[0]?.bytesSent).toBe(gzipSync(JSON.stringify(reply.body)).length);
});

test("corrupt gzip cannot be read", async () => {
  const simulator = await scripted({ kind: "corrupt_gzip" });
  const response = await call(simulator, "/me");
  await expect(response.text()).rejects.toMatchObject({ cause: { code: "Z_DATA_ERROR" } });
  expect(simulator.ledger.entries()).toMatchObject([
    { status: 200, errorCode: "response_undecodable", retryable: true, broken: "corrupt_gzip" },
  ]);
});
