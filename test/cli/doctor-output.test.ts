import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { connect, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Simulator, startSimulator } from "@intercom-telemetry/simulator";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findClosedPort } from "../exporter/stubs.ts";
import { type CommandSettings, runCli } from "./command-line.ts";

const TOKEN = "dG9rOmdvb2Q6c2VjcmV0";
const env = { INTERCOM_ACCESS_TOKEN: TOKEN };
let simulator: Simulator;
let folder: string;
let args: readonly string[];

beforeAll(async () => {
  simulator = await startSimulator({ apps: [{ name: "app", token: TOKEN }] });
  folder = await mkdtemp(join(tmpdir(), "doctor-"));
  const status = ["--status-url", `${simulator.url}/__status/api/v2/summary.json`];
  args = ["--region-url", `us=${simulator.url}`, ...status];
});

afterAll(async () => {
  await simulator.close();
  await rm(folder, { recursive: true });
});

const ESCAPE = "\u001b[";

async function findOf(check: string, more: readonly string[], settings: CommandSettings) {
  const { out, exitCode } = await runCli(["doctor", "--json", ...args, ...more], settings);
  const findings: { check: string; status: string; summary: string; action?: string }[] =
    JSON.parse(out).findings;
  const found = findings.filter((each) => each.check === check);
  return { exitCode, out, found, first: found[0] };
}

describe("the text report", () => {
  it("is colored on a terminal only, and not there either under NO_COLOR", async () => {
    const onTerminal = await runCli(["doctor", ...args], { env, isTerminal: true });
    expect(onTerminal.out).toContain(`${ESCAPE}32mok`);
    const piped = await runCli(["doctor", ...args], { env });
    expect(piped.out).not.toContain(ESCAPE);
    const plain = await runCli(["doctor", ...args], { env: { ...env, NO_COLOR: "1" }, isTerminal: true });
    expect(plain.out).not.toContain(ESCAPE);
  });

  it("comes again and again with --watch, until it is ended, and the last one gives the exit code", async () => {
    const ending = new AbortController();
    let reports = 0;
    const slept: number[] = [];
    const clock = {
      epochSeconds: () => Date.now() / 1000,
      monotonicSeconds: () => performance.now() / 1000,
      sleep: async (seconds: number) => {
        slept.push(seconds);
      },
    };
    const onOut = () => {
      reports += 1;
      if (reports === 2) simulator.revokeToken(TOKEN);
      if (reports === 3) ending.abort();
    };
    const settings = { env, clock, signal: ending.signal, onOut };
    const result = await runCli(["doctor", "--json", "--watch", "45", ...args], settings);
    simulator.restoreToken(TOKEN);
    const lines = result.out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line).exitCode);
    expect(lines).toEqual([0, 0, 1]);
    expect(result.exitCode).toBe(1);
    expect(slept).toEqual([45, 45, 45]);
  });
});

describe("the token", () => {
  it.each([
    ["is not set", {}, "the variable is not set"],
    ["is empty", { INTERCOM_ACCESS_TOKEN: "  " }, "it is empty"],
    ["ends in a line break", { INTERCOM_ACCESS_TOKEN: `${TOKEN}\n` }, "white space"],
    ["is in quotes", { INTERCOM_ACCESS_TOKEN: `"${TOKEN}"` }, "in quotes"],
    ["carries its scheme", { INTERCOM_ACCESS_TOKEN: `Bearer ${TOKEN}` }, 'starts with "Bearer"'],
    [
      "has letters no token has",
      { INTERCOM_ACCESS_TOKEN: `${TOKEN}ü` },
      "characters that no bearer token has",
    ],
  ])("that %s is refused before Intercom is asked, and never printed", async (_, given, problem) => {
    const before = simulator.ledger.entries().length;
    const { exitCode, out, first } = await findOf("token", [], { env: given as Record<string, string> });
    expect(exitCode).toBe(1);
    expect(first).toMatchObject({
      status: "failed",
      summary: expect.stringContaining(problem),
      action: expect.any(String),
    });
    expect(out).not.toContain(TOKEN.slice(0, 6));
    expect(simulator.ledger.entries()).toHaveLength(before);
  });

  it("comes from another variable or from a file, whose last line break is not part of it", async () => {
    const fromVariable = await findOf("token", ["--token-env", "BILLING"], { env: { BILLING: TOKEN } });
    expect(fromVariable.first).toMatchObject({
      status: "ok",
      summary: expect.stringContaining("variable BILLING"),
    });
    const path = join(folder, "token");
    await writeFile(path, `${TOKEN}\n`);
    const fromFile = await findOf("token", ["--token-file", path], {});
    expect(fromFile.first).toMatchObject({ status: "ok", summary: expect.stringContaining(path) });
    const missing = await findOf("token", ["--token-file", `${path}-gone`], {});
    expect(missing.first?.summary).toContain("the file cannot be read");
  });
});

describe("the version of the API", () => {
  it("is the one asked for, or the app's own", async () => {
    const asked = await findOf("api_version", ["--api-version", "2.11"], { env });
    expect(asked.first).toMatchObject({ status: "ok", summary: "in force: 2.11" });
    const own = await findOf("api_version", [], { env });
    expect(own.first?.summary).toContain("version set on the app");
  });
});

/** A proxy that opens tunnels, and remembers what was asked of it. */
async function startProxy(answer: string) {
  const asked: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    socket.once("data", (head) => {
      asked.push(head.toString());
      socket.write(answer);
      const [, host, port] = /^CONNECT (\S+):(\d+)/.exec(head.toString()) ?? [];
      if (!host || !answer.includes(" 200 ")) return socket.end();
      const onward = connect(Number(port), host);
      sockets.add(onward);
      onward.on("error", () => {});
      return socket.pipe(onward).pipe(socket);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" ? (address?.port ?? 0) : 0;
  const close = () => {
    server.close();
    for (const socket of sockets) socket.destroy();
  };
  return { port, asked, close };
}

describe("proxy settings", () => {
  it("are reported without credentials, and the probe goes the way that they name", async () => {
    const port = await findClosedPort();
    const proxy = { http_proxy: `http://user:hunter2@127.0.0.1:${port}` };
    const { exitCode, out, first } = await findOf("proxy", ["--base-url", "http://api.example.com"], {
      env: { ...env, ...proxy, no_proxy: "127.0.0.1" },
    });
    expect(exitCode).toBe(1);
    const address = `http://127.0.0.1:${port}`;
    expect(first).toMatchObject({
      status: "ok",
      summary: `http_proxy=${address}: requests go through ${address}`,
    });
    expect(out).not.toContain("hunter2");
    expect(out).not.toContain("user:");
  });

  it("are followed through a tunnel for HTTPS, with the proxy's credentials", async () => {
    const proxy = await startProxy("HTTP/1.1 200 OK\r\n\r\n");
    const url = simulator.url.replace("http:", "https:");
    const { found } = await findOf("connection", ["--base-url", url], {
      env: { ...env, HTTPS_PROXY: `http://user:pw@127.0.0.1:${proxy.port}` },
    });
    proxy.close();
    // The tunnel leads to a server that speaks no TLS: the failure proves that the tunnel was used.
    expect(found[0]?.summary).toContain("tls");
    expect(proxy.asked[0]).toMatch(new RegExp(`^CONNECT 127\\.0\\.0\\.1:${simulator.port} `));
    expect(proxy.asked[0]).toContain(`Basic ${Buffer.from("user:pw").toString("base64")}`);
    expect(proxy.asked[0]).not.toContain(TOKEN);
  });

  it("are the reason when the proxy refuses the tunnel", async () => {
    const proxy = await startProxy("HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n");
    const { exitCode, found } = await findOf("connection", ["--base-url", "https://api.example.com"], {
      env: { ...env, ALL_PROXY: `127.0.0.1:${proxy.port}`, NO_PROXY: "127.0.0.1" },
    });
    proxy.close();
    expect(exitCode).toBe(1);
    expect(found[0]).toMatchObject({
      code: "host_unreachable",
      action: expect.stringContaining("the proxy"),
    });
  });

  it("leave out what NO_PROXY names", async () => {
    const settings = { HTTP_PROXY: "http://127.0.0.1:9", NO_PROXY: "example.org, 127.0.0.1" };
    const { exitCode, first } = await findOf("proxy", [], { env: { ...env, ...settings } });
    expect(exitCode).toBe(0);
    expect(first?.summary).toContain("requests go directly");
  });

  it("are a problem when they hold no URL", async () => {
    const { first } = await findOf("proxy", [], { env: { ...env, HTTPS_PROXY: "http://[nonsense" } });
    expect(first).toMatchObject({ status: "failed", summary: "HTTPS_PROXY: not a URL" });
  });

  it("include the switch that turns certificate checks off", async () => {
    const { exitCode, found } = await findOf("proxy", [], {
      env: { ...env, NODE_TLS_REJECT_UNAUTHORIZED: "0" },
    });
    expect(exitCode).toBe(1);
    expect(found[1]).toMatchObject({
      status: "failed",
      action: expect.stringContaining("NODE_EXTRA_CA_CERTS"),
    });
  });
});

describe("wrong usage", () => {
  it.each<[string, readonly string[], RegExp]>([
    ["an unknown option", ["--tokn"], /unknown option, see --help/],
    ["an unknown region", ["--region", "mars"], /Allowed choices are us, eu, au/],
    ["a region and a base URL", ["--region", "eu", "--base-url", "http://127.0.0.1"], /cannot be used with/],
    ["a time-out of nothing", ["--timeout", "0"], /Expected a number of seconds above 0/],
    ["an unknown area", ["--needs", "contacts,cats"], /Expected some of admins.*ticket_types\.$/m],
    ["a base URL that is none", ["--base-url", "ftp://x"], /Expected an http:\/\/ or https:\/\/ URL/],
    ["a base URL with credentials", ["--base-url", "http://u:hunter2@x"], /without credentials/],
  ])("such as %s ends with exit code 2 and says what was expected", async (_, wrong, message) => {
    const { exitCode, err, out } = await runCli(["doctor", ...wrong], { env });
    expect(exitCode).toBe(2);
    expect(err).toMatch(message);
    expect(out).toBe("");
  });

  it("such as no command at all ends with exit code 2, help with 0", async () => {
    expect((await runCli([])).exitCode).toBe(2);
    const help = await runCli(["doctor", "--help"]);
    expect(help.exitCode).toBe(0);
    expect(help.out).toContain("Exit codes: 0 success");
  });
});

describe("hash", () => {
  it("turns a secret from standard input into a hash that serve takes", async () => {
    const { verifySecret } = await import("../../packages/exporter/src/metrics/secret-hash.ts");
    const { exitCode, out } = await runCli(["hash"], { input: "s3cret\n" });
    expect(exitCode).toBe(0);
    expect(await verifySecret("s3cret", out.trim())).toBe(true);
    expect((await runCli(["hash"], { input: "\n" })).exitCode).toBe(2);
    const { hash } = JSON.parse((await runCli(["hash", "--json"], { input: "s3cret\n" })).out);
    expect(await verifySecret("s3cret", hash)).toBe(true);
  });
});
