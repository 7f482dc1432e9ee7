import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { get } from "node:https";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as simulatorPackage from "@intercom-telemetry/simulator";
import { type SimulatorOptions, startSimulator } from "@intercom-telemetry/simulator";
import { expect, onTestFinished, test } from "vitest";
import { call, start } from "./support.ts";

test("the package exports what it documents", () => {
  expect(Object.keys(simulatorPackage).sort()).toEqual(["RATE_HEADER_FAULTS", "startSimulator"]);
});

const app = { name: "a", token: "t" };

test.each([
  [{ hosts: "x" }, "hosts: unknown key, did you mean host?"],
  [
    { host: "0.0.0.0" },
    "host: expected a loopback address (127.0.0.1, ::1, localhost), got a string of 7 characters",
  ],
  [{ port: "80" }, 'port: expected a whole number from 0 to 65535, got "80"'],
  [{ apps: [] }, "apps: expected a list with at least one entry, got an array of 0"],
  [{ apps: [{ name: "a" }] }, "apps[0].token: expected a non-empty string, got nothing"],
  [{ apps: [app, { ...app, name: "b" }] }, "apps[1].token: expected a distinct value, got one that is taken"],
  [
    { apps: [{ ...app, region: "mars" }] },
    "apps[0].region: expected one of us, eu, au, got a string of 4 characters",
  ],
  [{ windowSeconds: 0 }, "windowSeconds: expected a number from 0.01 to 86400, got 0"],
  [{ windowSeconds: Number.NaN }, "windowSeconds: expected a number from 0.01 to 86400, got NaN"],
  [{ latency: { minSeconds: 2, maxSeconds: 1 } }, "latency.maxSeconds: expected a number from 2, got 1"],
  [{ epochMilliseconds: 5 }, "epochMilliseconds: expected a function, got 5"],
  [{ seed: 1.5 }, "seed: expected a whole number from 0 to 4294967295, got 1.5"],
])("the options %j are refused", async (options, message) => {
  const starting = startSimulator(options as SimulatorOptions);
  await expect(starting).rejects.toThrow(TypeError);
  await expect(starting).rejects.toThrow(message);
});

test.each([
  { apps: [{ ...app, tokn: "dG9rOjE2OTk" }] },
  { apps: [{ name: "a", token: ["dG9rOjE2OTk"] }] },
  { tls: { key: { pem: "dG9rOjE2OTk" }, cert: "c" } },
])("what may be a secret is not repeated: the options %j", async (options) => {
  const error = await startSimulator(options as never).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(TypeError);
  expect(String(error)).not.toContain("dG9r");
});

test("a port in use is reported", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  onTestFinished(() => void other.close());
  await expect.poll(() => other.listening).toBe(true);
  const { port } = other.address() as { port: number };
  await expect(startSimulator({ port })).rejects.toMatchObject({ code: "EADDRINUSE" });
});

test("latency delays every response within its range", async () => {
  const simulator = await start({ latency: { minSeconds: 0.05, maxSeconds: 0.06 } });
  await call(simulator, "/me");
  expect(simulator.ledger.entries()[0]?.durationSeconds).toBeGreaterThan(0.045);
});

test("it serves HTTPS with a certificate, and resets those connections too", async () => {
  const folder = mkdtempSync(join(tmpdir(), "simulator-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const [keyFile, certFile] = [join(folder, "key.pem"), join(folder, "cert.pem")];
  const subject = ["-subj", "/CN=localhost", "-days", "1"];
  execFileSync(
    "openssl",
    ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", keyFile, "-out", certFile, ...subject],
    { stdio: "ignore" },
  );
  const tls = { key: readFileSync(keyFile, "utf8"), cert: readFileSync(certFile, "utf8") };
  const simulator = await start({ tls, script: { rules: [{ skip: 1, action: { kind: "reset" } }] } });
  expect(simulator.url).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
  const fetchStatus = () =>
    new Promise((resolve) => {
      const headers = { authorization: "Bearer demo-token" };
      get(
        `${simulator.url}/me`,
        { ca: tls.cert, servername: "localhost", headers, agent: false },
        (response) => {
          response.resume();
          resolve(response.statusCode);
        },
      ).on("error", (error: NodeJS.ErrnoException) => resolve(error.code));
    });
  expect(await fetchStatus()).toBe(200);
  expect(await fetchStatus()).toBe("ECONNRESET");
});
