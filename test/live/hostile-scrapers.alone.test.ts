import { execFile } from "node:child_process";
import { connect, type Socket } from "node:net";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { type MetricsServer, type ServeMetricsOptions, serveMetrics } from "@intercom-telemetry/exporter";
import { Counter, Registry } from "prom-client";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { ask } from "../exporter/http-request.ts";
import { heapBytes } from "../support/heap.ts";
import { watchTurns } from "./hostile-turns.ts";

const CLIENTS = fileURLToPath(new URL("scrape-clients.mjs", import.meta.url));
const GET = "GET /metrics HTTP/1.1\r\nHost: localhost\r\n";

interface Served {
  readonly server: MetricsServer;
  readonly registry: Registry;
  readonly counter: Counter<"kind">;
  /** How often the registry was asked to write itself down. */
  readonly renderings: () => number;
  readonly failures: unknown[];
}

/** A registry of `series` series, some 50 bytes each, behind a server that closes with the test. */
async function serve(series: number, options: Partial<ServeMetricsOptions> = {}): Promise<Served> {
  const registry = new Registry();
  const counter = new Counter({
    name: "jobs_total",
    help: "Jobs.",
    labelNames: ["kind"],
    registers: [registry],
  });
  for (let index = 0; index < series; index += 1) counter.inc({ kind: `kind-of-job-number-${index}` });
  let renderings = 0;
  const render = registry.metrics.bind(registry);
  registry.metrics = () => {
    renderings += 1;
    return render();
  };
  const failures: unknown[] = [];
  const onError = (error: unknown): void => void failures.push(error);
  const server = await serveMetrics({ registry, port: 0, onError, ...options });
  onTestFinished(() => server.close());
  return { server, registry, counter, renderings: () => renderings, failures };
}

/** A connection that has sent this much and reads only when told to. */
async function open({ port }: MetricsServer, text = ""): Promise<Socket> {
  const socket = connect(port, "127.0.0.1");
  socket.on("error", () => socket.destroy());
  await new Promise((resolve) => socket.once("connect", resolve));
  socket.pause();
  if (text !== "") socket.write(text);
  return socket;
}

const openMany = (count: number, server: MetricsServer, text?: string): Promise<Socket[]> =>
  Promise.all(Array.from({ length: count }, () => open(server, text)));

/** Open TCP connections of this process, both ends of each. */
const countConnections = (): number =>
  process.getActiveResourcesInfo().filter((name) => name === "TCPSocketWrap").length;

/** Resolves when the other side has ended the connection. */
function ended(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    socket.once("close", () => resolve());
    socket.resume();
  });
}

async function readAll(socket: Socket): Promise<string> {
  let text = "";
  socket.setEncoding("latin1").on("data", (chunk: string) => {
    text += chunk;
  });
  await ended(socket);
  return text;
}

describe("the server of metrics", () => {
  it("ends a connection that pipelines requests by the thousand, having rendered once and kept little", async () => {
    const { server, renderings, failures } = await serve(5000);
    const before = process.memoryUsage().rss;
    const sockets = await openMany(10, server, `${GET}\r\n`.repeat(2000));
    await Promise.all(sockets.map(ended));
    expect((await ask(server.url)).status).toBe(200);
    expect(renderings()).toBeLessThanOrEqual(12);
    expect(process.memoryUsage().rss - before).toBeLessThan(150_000_000);
    expect(failures).toEqual([]);
  });

  it("responds to a few pipelined requests in their order", async () => {
    const { server } = await serve(1);
    const socket = await open(
      server,
      `${GET}\r\nGET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`,
    );
    const text = await readAll(socket);
    expect(text.match(/HTTP\/1\.1 200 OK/g)).toHaveLength(2);
    expect(text.indexOf("jobs_total")).toBeLessThan(text.lastIndexOf("ok\n"));
  });

  it("serves others while many clients do not read, and ends those in time", async () => {
    const { server, failures } = await serve(10_000, { timeoutSeconds: 1 });
    const slow = await openMany(30, server, `${GET}\r\n`);
    expect((await ask(server.url)).status).toBe(200);
    // Their own ends stay open, since they do not read that it is over.
    await vi.waitFor(() => expect(countConnections()).toBe(slow.length), { timeout: 60_000 });
    for (const socket of slow) socket.destroy();
    expect(failures).toEqual([]);
  });

  it("turns connections away beyond its limit and takes new ones when others have gone", async () => {
    const { server } = await serve(1);
    const sockets = await openMany(200, server);
    const refused = sockets.map((socket) => ended(socket).then(() => "refused"));
    await Promise.all(Array.from({ length: 72 }, () => Promise.race(refused)));
    for (const socket of sockets) socket.destroy();
    await vi.waitFor(async () => expect((await ask(server.url)).status).toBe(200), { timeout: 5000 });
  });

  it.each([
    ["a header of 100 kB", `${GET}X-Long: ${"x".repeat(100_000)}\r\n\r\n`, "HTTP/1.1 431"],
    ["a path of 100 kB", `GET /${"x".repeat(100_000)} HTTP/1.1\r\nHost: localhost\r\n\r\n`, "HTTP/1.1 431"],
    ["2,000 headers", `${GET}${"X: y\r\n".repeat(2000)}Connection: close\r\n\r\n`, "HTTP/1.1 "],
    ["a body after a GET", `${GET}Content-Length: 9\r\nConnection: close\r\n\r\nsomething`, "HTTP/1.1 200"],
    ["two lengths", `${GET}Content-Length: 1\r\nContent-Length: 2\r\n\r\n`, "HTTP/1.1 400"],
    ["a line that is no HTTP", "\u0000\u0001\u0002\r\n\r\n", "HTTP/1.1 400"],
  ])("survives %s", async (_, sent, response) => {
    const { server, failures } = await serve(1);
    expect((await readAll(await open(server, sent))).slice(0, response.length)).toBe(response);
    expect((await ask(server.url)).status).toBe(200);
    expect(failures).toEqual([]);
  });

  it("keeps nothing of scrapes that are aborted", async () => {
    const { server, failures } = await serve(2000);
    const abortMany = async (): Promise<number> => {
      for (let round = 0; round < 10; round += 1) {
        const sockets = await openMany(20, server, `${GET}Accept-Encoding: gzip\r\n\r\n`);
        for (const socket of sockets) socket.destroy();
      }
      expect((await ask(server.url)).status).toBe(200);
      return heapBytes();
    };
    const before = await abortMany();
    expect((await abortMany()) - before).toBeLessThan(2_000_000);
    expect(failures).toEqual([]);
  });

  it("serves 1,000 scrapes under load, blocks the event loop no longer than the registry does, and keeps nothing", async () => {
    const { server, counter, registry, failures } = await serve(5000);
    const load = setInterval(() => counter.inc({ kind: "kind-of-job-number-1" }), 1);
    onTestFinished(() => clearInterval(load));
    const scrape = async (scrapes: number): Promise<string> =>
      (await promisify(execFile)(process.execPath, [CLIENTS, server.url, String(scrapes), "16"])).stdout;
    expect(await scrape(100)).toBe("100");
    const before = await heapBytes();
    let whole = "";
    const turns = await watchTurns(registry, async () => {
      whole = await scrape(1000);
    });
    expect(whole).toBe("1000");
    const renderings = turns.filter(({ registryMilliseconds }) => registryMilliseconds > 0);
    expect(renderings.length).toBeGreaterThan(10);
    expect(renderings.length).toBeLessThanOrEqual(1000);
    const usual = median(renderings.map(({ registryMilliseconds }) => registryMilliseconds));
    const longer = turns.filter(({ ownMilliseconds }) => ownMilliseconds > usual);
    expect(longer.length).toBeLessThanOrEqual(renderings.length / 100);
    await vi.waitFor(() => expect(countConnections()).toBe(0), { timeout: 10_000 });
    expect((await heapBytes()) - before).toBeLessThan(2_000_000);
    expect(failures).toEqual([]);
  });

  it("would be seen to block: a turn with other work in it is told from the registry's own", async () => {
    const { registry } = await serve(1);
    const turns = await watchTurns(registry, async () => {
      await registry.metrics();
      const before = process.cpuUsage();
      while (process.cpuUsage(before).user < 100_000);
    });
    expect(Math.max(...turns.map(({ ownMilliseconds }) => ownMilliseconds))).toBeGreaterThan(90);
    expect(Math.max(...turns.map(({ registryMilliseconds }) => registryMilliseconds))).toBeLessThan(90);
  });
});

function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
