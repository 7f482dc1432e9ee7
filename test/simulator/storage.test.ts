import type { FaultAction } from "@intercom-telemetry/simulator";
import { expect, test } from "vitest";
import { call, start } from "./support.ts";

const RECORDING = "/calls/5/recording";

const withStorage = (...sequence: readonly FaultAction[]) =>
  start({ script: { rules: [{ match: { host: "storage" }, sequence }] } });

test("the storage has another host name than the API", async () => {
  const { url, storage } = await start();
  expect([new URL(url).hostname, new URL(storage.url).hostname]).toEqual(["127.0.0.1", "localhost"]);
});

test("a call recording is a redirect to the storage, which responds without anything of Intercom's", async () => {
  const simulator = await start();
  const response = await call(simulator, RECORDING, { headers: { "x-simulator-correlation": "c1" } });
  expect([response.status, response.headers.get("content-type"), response.url]).toEqual([
    200,
    "audio/wav",
    `${simulator.storage.url}/recordings/5`,
  ]);
  const names = [...response.headers.keys()];
  expect(names.filter((name) => /^x-(ratelimit|request|intercom)/.test(name))).toEqual([]);
  expect(simulator.ledger.entries()).toMatchObject([{ urlTemplate: "/calls/{id}/recording", status: 302 }]);
  const [entry] = simulator.storage.ledger.entries();
  expect(entry).toMatchObject({ path: "/recordings/5", status: 200, correlation: "c1" });
  expect(entry).not.toHaveProperty("remaining");
  expect(entry).not.toHaveProperty("app");
});

test("the storage refuses with XML, and its ledger says that it was not Intercom", async () => {
  const simulator = await withStorage({ kind: "xml", status: 403 });
  const response = await call(simulator, RECORDING);
  expect([response.status, response.headers.get("content-type")]).toEqual([403, "application/xml"]);
  expect(await response.text()).toContain("<Code>AccessDenied</Code>");
  expect(simulator.storage.ledger.entries()).toMatchObject([
    { status: 403, errorCode: "not_intercom", retryable: false },
  ]);
});

test.each([
  [{ kind: "error_list", status: 404, code: "company_not_found" }, "not_intercom", false],
  [{ kind: "empty", status: 503 }, "not_intercom", true],
  [{ kind: "error_list", status: 200, code: "not_found" }, undefined, undefined],
  [{ kind: "reset" }, "connection_reset", true],
] as const)("a storage that does %o is expected to be %s", async (action, errorCode, retryable) => {
  const simulator = await withStorage(action);
  await call(simulator, RECORDING).catch(() => undefined);
  const [entry] = simulator.storage.ledger.entries();
  expect([entry?.errorCode, entry?.retryable]).toEqual([errorCode, retryable]);
});

test("a rule without a host is for the API alone", async () => {
  const simulator = await start({ script: { rules: [{ skip: 1, action: { kind: "html", status: 502 } }] } });
  expect((await call(simulator, RECORDING)).status).toBe(200);
  expect((await call(simulator, "/me")).status).toBe(502);
});

test("any operation can be redirected to the storage", async () => {
  const simulator = await start({ script: { rules: [{ action: { kind: "redirect", to: "storage" } }] } });
  expect((await call(simulator, "/me")).url).toBe(`${simulator.storage.url}/file`);
});

test("the script can be replaced for the storage too, and closing ends what hangs there", async () => {
  const simulator = await start();
  simulator.setScript({ rules: [{ match: { host: "storage" }, action: { kind: "hang" } }] });
  const hanging = call(simulator, RECORDING).catch((error: Error) => error);
  await expect.poll(() => simulator.storage.ledger.inFlight).toBe(1);
  await simulator.close();
  expect(await hanging).toBeInstanceOf(Error);
  expect(simulator.storage.ledger.entries()).toMatchObject([{ broken: "hang" }]);
});
