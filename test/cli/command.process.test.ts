import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { closeSync, mkdtempSync, openSync, rmSync } from "node:fs";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Simulator, startSimulator } from "@intercom-telemetry/simulator";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { ask } from "../exporter/http-request.ts";
import { findClosedPort } from "../exporter/stubs.ts";
import { LOCALHOST_TLS } from "../exporter/tls-fixture.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const certificate = fileURLToPath(new URL("../exporter/fixtures/localhost.cert.pem", import.meta.url));
const TOKEN = "dG9rOmdvb2Q6c2VjcmV0";
let simulator: Simulator;
let child: ChildProcess | undefined;

beforeAll(async () => {
  simulator = await startSimulator({ apps: [{ name: "app", token: TOKEN }] });
});
afterEach(() => {
  child?.kill("SIGKILL");
  simulator.setScript({ rules: [] });
});
afterAll(() => simulator.close());

interface Running {
  readonly ended: Promise<{ exitCode: number | null; out: string; err: string }>;
  /** Resolves with the match as soon as standard error has it. */
  readonly saying: (pattern: RegExp) => Promise<RegExpExecArray>;
}

/** Starts the real command in a separate process, with nothing in its environment but what it needs. */
function launch(
  args: readonly string[],
  env: Record<string, string> = {},
  stdio: readonly ("pipe" | number)[] = ["pipe", "pipe", "pipe"],
): Running {
  const started = spawn(process.execPath, ["--import", "tsx", "packages/cli/src/cli.ts", ...args], {
    cwd: root,
    env: { PATH: process.env.PATH, TSX_TSCONFIG_PATH: "tsconfig.base.json", ...env },
    stdio: [...stdio],
  });
  child = started;
  let out = "";
  let err = "";
  const listeners = new Set<() => void>();
  started.stdout?.on("data", (chunk) => {
    out += chunk;
  });
  started.stderr?.on("data", (chunk) => {
    err += chunk;
    for (const listener of listeners) listener();
  });
  const ended = new Promise<{ exitCode: number | null; out: string; err: string }>((resolve) => {
    started.on("close", (exitCode) => resolve({ exitCode, out, err }));
  });
  const saying = (pattern: RegExp) =>
    new Promise<RegExpExecArray>((resolve, reject) => {
      const look = () => {
        const match = pattern.exec(err);
        if (match) resolve(match);
      };
      listeners.add(look);
      look();
      ended.then(() => reject(new Error(`ended without saying ${pattern}: ${err}`)));
    });
  return { ended, saying };
}

const status = () => ["--status-url", `${simulator.url}/__status/api/v2/summary.json`];

describe("the command as a process", () => {
  it("doctor examines, prints, and gives the exit code to the shell", async () => {
    const env = { INTERCOM_ACCESS_TOKEN: TOKEN };
    const good = await launch(["doctor", "--region-url", `us=${simulator.url}`, ...status()], env).ended;
    expect([good.exitCode, good.err]).toEqual([0, ""]);
    expect(good.out).toMatch(/All checks passed\.\n$/);
    const url = simulator.url.replace(/\d+$/, "1");
    const bad = await launch(["doctor", "--json", "--base-url", url, ...status()], env).ended;
    expect(bad.exitCode).toBe(1);
    expect(JSON.parse(bad.out).exitCode).toBe(1);
  });

  it("doctor trusts what NODE_EXTRA_CA_CERTS names, and times the TLS handshake", async () => {
    const secure = await startSimulator({ apps: [{ name: "app", token: TOKEN }], tls: LOCALHOST_TLS });
    const env = { INTERCOM_ACCESS_TOKEN: TOKEN, NODE_EXTRA_CA_CERTS: certificate };
    const address = secure.url.replace("127.0.0.1", "localhost");
    const { exitCode, out } = await launch(["doctor", "--json", "--base-url", address, ...status()], env)
      .ended;
    await secure.close();
    const findings: { check: string; details?: object }[] = JSON.parse(out).findings;
    expect(findings.find(({ check }) => check === "connection")?.details).toMatchObject({
      dnsSeconds: expect.any(Number),
      connectSeconds: expect.any(Number),
      tlsSeconds: expect.any(Number),
      firstByteSeconds: expect.any(Number),
    });
    expect(exitCode).toBe(0);
  });

  it("doctor does not follow the status page from HTTPS to plain HTTP", async () => {
    const redirecting = createServer(LOCALHOST_TLS, (_, response) =>
      response.writeHead(302, { location: `${simulator.url}/__status/api/v2/summary.json` }).end(),
    );
    await new Promise<void>((resolve) => redirecting.listen(0, "localhost", resolve));
    const { port } = redirecting.address() as AddressInfo;
    const env = { INTERCOM_ACCESS_TOKEN: TOKEN, NODE_EXTRA_CA_CERTS: certificate };
    const args = ["doctor", "--base-url", simulator.url, "--status-url", `https://localhost:${port}/`];
    const { out } = await launch(args, env).ended;
    redirecting.close();
    expect(out).toContain("the status page could not be read: insecure redirect");
  });

  it("serve serves on when its log cannot be written", async () => {
    const port = await findClosedPort();
    const full = openSync("/dev/full", "w");
    const env = { INTERCOM_ACCESS_TOKEN: TOKEN };
    const args = ["serve", "--base-url", simulator.url, "--port", String(port), ...status()];
    const running = launch(args, env, ["pipe", full, full]);
    const scrape = async () => (await ask(`http://127.0.0.1:${port}/metrics`)).body.toString();
    await expect
      .poll(() => scrape().catch(() => ""), { timeout: 20_000 })
      .toContain('intercom_probe_success{client="default"} 1');
    child?.kill("SIGTERM");
    expect((await running.ended).exitCode).toBe(0);
    closeSync(full);
  });

  it("serve serves on through an outage after the reader of its log is gone", async () => {
    const args = ["serve", "--base-url", simulator.url, "--port", "0", "--interval", "1", ...status()];
    const running = launch(args, { INTERCOM_ACCESS_TOKEN: TOKEN });
    const [, url = ""] = await running.saying(/metrics at (\S+)/);
    await running.saying(/client default: ok/);
    child?.stderr?.destroy();
    child?.stdout?.destroy();
    simulator.setScript({ rules: [{ match: { path: "/me" }, action: { kind: "reset" } }] });
    await expect
      .poll(async () => (await ask(url)).body.toString(), { timeout: 10_000 })
      .toContain('intercom_probe_success{client="default"} 0');
    simulator.setScript({ rules: [] });
    await expect
      .poll(async () => (await ask(url)).body.toString(), { timeout: 10_000 })
      .toContain('intercom_probe_success{client="default"} 1');
  });

  it("hash fails when its result cannot be written", async () => {
    const full = openSync("/dev/full", "w");
    const running = launch(["hash"], {}, ["pipe", full, "pipe"]);
    child?.stdin?.end("s3cret\n");
    const { exitCode, err } = await running.ended;
    closeSync(full);
    expect([exitCode, err]).toEqual([1, "standard output cannot be written (ENOSPC)\n"]);
  });

  it("doctor and serve do not wait for a token file that is a FIFO", async () => {
    const folder = mkdtempSync(join(tmpdir(), "command-"));
    const fifo = join(folder, "token");
    execFileSync("mkfifo", [fifo]);
    const args = ["--base-url", simulator.url, "--token-file", fifo, ...status()];
    const doctor = await launch(["doctor", ...args]).ended;
    expect(doctor.out).toContain("no usable token in the token file: it is not a regular file");
    const serve = await launch(["serve", "--port", "0", ...args]).ended;
    rmSync(folder, { recursive: true });
    expect([doctor.exitCode, serve.exitCode]).toEqual([1, 2]);
    expect(serve.err).toContain("expected a token in the token file, got none: it is not a regular file");
  });

  it("serve responds to scrapes during a hanging probe, and SIGTERM ends it in under a second", async () => {
    simulator.setScript({ rules: [{ match: { path: "/me" }, skip: 1, action: { kind: "hang" } }] });
    const args = [
      "serve",
      "--base-url",
      simulator.url,
      "--port",
      "0",
      "--interval",
      "0.2",
      "--timeout",
      "60",
      ...status(),
    ];
    const running = launch(args, { INTERCOM_ACCESS_TOKEN: TOKEN });
    const [, url = ""] = await running.saying(/metrics at (\S+)/);
    await running.saying(/client default: ok/);
    await expect
      .poll(async () => (await ask(url)).body.toString(), { timeout: 10_000 })
      .toContain('intercom_client_in_flight_requests{client="default"} 1');
    const startedMilliseconds = performance.now();
    child?.kill("SIGTERM");
    const { exitCode, out, err } = await running.ended;
    expect(performance.now() - startedMilliseconds).toBeLessThan(1000);
    expect([exitCode, out]).toEqual([0, ""]);
    expect(err).not.toContain(TOKEN);
  });
});
