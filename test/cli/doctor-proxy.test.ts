import { connect, createServer, type Socket } from "node:net";
import { type Simulator, startSimulator } from "@intercom-telemetry/simulator";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findClosedPort } from "../exporter/stubs.ts";
import type { CommandSettings } from "./command-line.ts";
import { findInReport, TOKEN } from "./examine-doctor.ts";

const env = { INTERCOM_ACCESS_TOKEN: TOKEN };
let simulator: Simulator;
let args: readonly string[];

beforeAll(async () => {
  simulator = await startSimulator({ apps: [{ name: "app", token: TOKEN }] });
  const status = ["--status-url", `${simulator.url}/__status/api/v2/summary.json`];
  args = ["--region-url", `us=${simulator.url}`, ...status];
});

afterAll(() => simulator.close());

const findOf = (check: string, more: readonly string[], settings: CommandSettings) =>
  findInReport(check, [...args, ...more], settings);

/** A proxy that opens tunnels, and remembers what was asked of it. */
async function startProxy(response: string) {
  const asked: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    socket.once("data", (head) => {
      asked.push(head.toString());
      socket.write(response);
      const [, host, port] = /^CONNECT (\S+):(\d+)/.exec(head.toString()) ?? [];
      if (!host || !response.includes(" 200 ")) return socket.end();
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
