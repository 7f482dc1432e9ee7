import { connect, type Socket } from "node:net";
import {
  hashSecret,
  type MetricsServer,
  type ServeMetricsOptions,
  serveMetrics,
} from "@intercom-telemetry/exporter";
import { Registry } from "prom-client";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { ask } from "./http-request.ts";
import { openMetricsRegistry, textRegistry } from "./registries.ts";
import { LOCALHOST_TLS } from "./tls-fixture.ts";

let server: MetricsServer | undefined;
let tokenHash: string;
const sockets: Socket[] = [];

beforeAll(async () => {
  tokenHash = await hashSecret("long-token");
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await server?.close();
});

async function start(options: Partial<ServeMetricsOptions> = {}): Promise<MetricsServer> {
  server = await serveMetrics({ registry: textRegistry(), port: 0, ...options });
  return server;
}

const startWithToken = (options: Partial<ServeMetricsOptions> = {}) =>
  start({ auth: { scheme: "bearer", tokenHash }, ...options });
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

/** Clients that try one password after the other until they are told to end. */
function guess(url: string, addresses: readonly string[]): { readonly end: () => Promise<unknown> } {
  let going = true;
  const guessers = addresses.map(async (localAddress, index) => {
    for (let count = 0; going; count += 1)
      await ask(url, { localAddress, headers: bearer(`guess-${index}-${count}`) }).catch(() => {});
  });
  return {
    end: () => {
      going = false;
      return Promise.all(guessers);
    },
  };
}

it("while three clients guess passwords, the first log-in from elsewhere is served, and so is each later one", async () => {
  const { url } = await startWithToken();
  const guessing = guess(url, ["127.0.0.2", "127.0.0.3", "127.0.0.4"]);
  const statuses: number[] = [];
  for (let count = 0; count < 40; count += 1)
    statuses.push((await ask(url, { headers: bearer("long-token") })).status);
  await guessing.end();
  expect(new Set(statuses)).toEqual(new Set([200]));
});

describe("refused log-ins are counted on the page", () => {
  const METRIC = "intercom_exporter_refused_logins_total";
  it.each([
    ["text", textRegistry, `# TYPE ${METRIC} counter\n${METRIC} 2\n$`],
    [
      "OpenMetrics",
      openMetricsRegistry,
      `# TYPE intercom_exporter_refused_logins counter\n${METRIC} 2\n# EOF\n$`,
    ],
    [
      "an empty registry",
      () => new Registry(),
      `^\n?# HELP ${METRIC} .*\n# TYPE ${METRIC} counter\n${METRIC} 2\n$`,
    ],
  ])("%s", async (_, registry, expected) => {
    const { url } = await startWithToken({ registry: registry() as Registry });
    await ask(url, { headers: bearer("wrong") });
    await ask(url, { headers: { authorization: "Basic d3Jvbmc6d3Jvbmc=" } });
    await ask(url);
    const { body } = await ask(url, { headers: bearer("long-token") });
    expect(body.toString()).toMatch(new RegExp(expected));
  });

  it("of a server that asks nobody, there are no logins to count", async () => {
    const { url } = await start();
    expect((await ask(url)).body.toString()).not.toContain(METRIC);
  });
});

describe("while more sockets than the server takes hang", () => {
  const hang = (port: number, text: string): Promise<void> =>
    new Promise((resolve) => {
      const socket = connect(port, "127.0.0.1", () => {
        socket.pause();
        socket.write(text);
        resolve();
      });
      socket.on("error", () => {});
      sockets.push(socket);
    });

  it.each([
    ["that send nothing", ""],
    ["that send half a request", "GET /metrics HTTP/1.1\r\nHost: local"],
  ])("%s, scrapes are served", async (_, text) => {
    const { port, url } = await start();
    for (let count = 0; count < 300; count += 1) await hang(port, text);
    for (let count = 0; count < 40; count += 1) expect((await ask(url)).status).toBe(200);
  });

  it("and do not read what they asked for, scrapes are served", async () => {
    const large = `# HELP a a\n${"a 1\n".repeat(1_500_000)}`;
    // Slow enough that all of them share one rendering.
    const metrics = () => new Promise<string>((resolve) => setTimeout(() => resolve(large), 500));
    const registry = { contentType: new Registry().contentType, metrics };
    const { port, url } = await start({ registry });
    const text = "GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n";
    await Promise.all(Array.from({ length: 300 }, () => hang(port, text)));
    expect((await ask(new URL("/healthz", url).href)).status).toBe(200);
  });
});

describe("a request that a web page had a browser send", () => {
  it("under a name rebound to this machine is refused, unless the name is allowed", async () => {
    const { url } = await start({ allowedHosts: ["metrics.example"] });
    expect((await ask(url, { headers: { host: "evil.example" } })).status).toBe(421);
    expect((await ask(url, { headers: { host: "metrics.example" } })).status).toBe(200);
    expect((await ask(url, { headers: { host: "localhost:1" } })).status).toBe(200);
  });

  it("from another site is refused", async () => {
    const { url } = await start();
    for (const headers of [{ origin: "https://evil.example" }, { "sec-fetch-site": "cross-site" }])
      expect((await ask(url, { headers })).status).toBe(403);
  });
});

describe("secrets and certificates", () => {
  it("a password with a NUL behind it is not the password", async () => {
    const auth = { scheme: "basic", username: "u", passwordHash: await hashSecret("pw") } as const;
    const { url } = await start({ auth });
    const basic = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString("base64")}` });
    expect((await ask(url, { headers: basic("u:pw\0") })).status).toBe(401);
    expect((await ask(url, { headers: basic("u:pw") })).status).toBe(200);
    await expect(hashSecret("pw\0")).rejects.toThrow(/without NUL/);
  });

  it.each([
    ["2226-01-01", /certificate of the metrics has expired/],
    ["2000-01-01", /certificate of the metrics is not valid yet/],
  ])("a certificate is warned of when it is not valid on %s", async (day, message) => {
    vi.useFakeTimers({ toFake: ["Date"], now: new Date(day) });
    const warn = vi.spyOn(process, "emitWarning").mockImplementation(() => {});
    await start({ tls: LOCALHOST_TLS });
    expect(warn).toHaveBeenCalledExactlyOnceWith(expect.stringMatching(message), "IntercomTelemetryWarning");
    warn.mockRestore();
    vi.useRealTimers();
  });

  it("a certificate that is valid is not warned of", async () => {
    const warn = vi.spyOn(process, "emitWarning").mockImplementation(() => {});
    await start({ tls: LOCALHOST_TLS });
    expect(warn).not.toHaveBeenCalled();
    warn.mockRestore();
  });
});
