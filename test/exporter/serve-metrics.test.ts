import { connect } from "node:net";
import { gunzipSync } from "node:zlib";
import { type MetricsServer, type ServeMetricsOptions, serveMetrics } from "@intercom-telemetry/exporter";
import { Gauge, Registry } from "prom-client";
import { afterEach, describe, expect, it, vi } from "vitest";
import { ask } from "./http-request.ts";
import { OPEN_METRICS, openMetricsRegistry, textRegistry } from "./registries.ts";

const open: MetricsServer[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

async function start(options: Partial<ServeMetricsOptions> = {}): Promise<MetricsServer> {
  const server = await serveMetrics({ registry: textRegistry(), port: 0, ...options });
  open.push(server);
  return server;
}

const TEXT = "text/plain; version=0.0.4; charset=utf-8";
const PROMETHEUS_ACCEPT =
  "application/openmetrics-text;version=1.0.0;q=0.5,application/openmetrics-text;version=0.0.1;q=0.4," +
  "text/plain;version=0.0.4;q=0.3,*/*;q=0.2";

/** Collects by a function of the test's. */
function registryCollecting(collect: () => void | Promise<void>): Registry {
  const registry = new Registry();
  new Gauge({ name: "probe_me", help: "Collected on demand.", registers: [registry], collect });
  return registry;
}

/** What a plain TCP client receives until the server closes the connection. */
function talk(port: number, text: string): Promise<string> {
  return new Promise((resolve) => {
    let received = "";
    const socket = connect(port, "127.0.0.1", () => socket.write(text));
    socket.on("data", (chunk) => {
      received += chunk;
    });
    socket.on("error", () => {});
    socket.on("close", () => resolve(received));
  });
}

describe("what a scrape gets", () => {
  it("is the registry's text, typed as text, when nothing is asked for", async () => {
    const registry = textRegistry();
    const { url } = await start({ registry });
    const response = await ask(url);
    expect(response.status).toBe(200);
    expect(response.headers["content-type"]).toBe(TEXT);
    expect(response.headers["content-encoding"]).toBeUndefined();
    expect(response.headers["content-length"]).toBe(String(response.body.length));
    expect(response.body.toString()).toBe(await registry.metrics());
  });

  it("is the registry's own format for Prometheus, which takes both", async () => {
    const text = await ask((await start()).url, { headers: { accept: PROMETHEUS_ACCEPT } });
    expect(text.headers["content-type"]).toBe(TEXT);
    const registry = openMetricsRegistry();
    const native = await ask((await start({ registry })).url, { headers: { accept: PROMETHEUS_ACCEPT } });
    expect(native.headers["content-type"]).toBe(OPEN_METRICS);
    expect(native.body.toString()).toBe(await registry.metrics());
  });

  it("is OpenMetrics from a text registry for a client that takes only that", async () => {
    const registry = textRegistry();
    const response = await ask((await start({ registry })).url, {
      headers: { accept: "application/openmetrics-text; version=1.0.0" },
    });
    expect(response.headers["content-type"]).toBe(OPEN_METRICS);
    expect(response.headers.vary).toContain("Accept");
    expect(response.body.toString()).toBe(await openMetricsRegistry().metrics().then(escapeHelpQuotes));
    expect(registry.getSingleMetric("app_requests_total")).toMatchObject({ name: "app_requests_total" });
  });

  it("is text from an OpenMetrics registry for a client that takes only that", async () => {
    const registry = openMetricsRegistry();
    const { url } = await start({ registry });
    const headers = { accept: "text/plain" };
    const before = await ask(url, { headers });
    await ask(url);
    const after = await ask(url, { headers });
    expect(before.headers["content-type"]).toBe(TEXT);
    expect(before.body.toString()).toBe(await textRegistry().metrics());
    expect(after.body.toString()).toBe(before.body.toString());
  });

  it("is compressed for a client that takes gzip and for no other", async () => {
    const { url } = await start();
    const plain = await ask(url, { headers: { "accept-encoding": "br, gzip;q=0" } });
    const zipped = await ask(url, { headers: { "accept-encoding": "br, gzip" } });
    expect(plain.headers["content-encoding"]).toBeUndefined();
    expect(zipped.headers["content-encoding"]).toBe("gzip");
    expect(zipped.headers["content-length"]).toBe(String(zipped.body.length));
    expect(gunzipSync(zipped.body).toString()).toBe(plain.body.toString());
  });

  it("is the headers alone for HEAD", async () => {
    const { url } = await start();
    const get = await ask(url);
    const head = await ask(url, { method: "HEAD" });
    expect(head.status).toBe(200);
    expect(head.body).toHaveLength(0);
    expect(head.headers["content-length"]).toBe(get.headers["content-length"]);
  });

  it("is at the path that was asked for, whatever the query", async () => {
    const { url } = await start({ path: "/internal/metrics" });
    expect(new URL(url).pathname).toBe("/internal/metrics");
    expect((await ask(`${url}?name[]=x`)).status).toBe(200);
    expect((await ask(new URL("/metrics", url).href)).status).toBe(404);
  });

  it("comes from anything of a registry's shape, in its own format when it cannot be converted", async () => {
    const registry = { contentType: TEXT, metrics: async () => "aggregated 1\n" };
    const { url } = await start({ registry });
    const response = await ask(url, { headers: { accept: "application/openmetrics-text" } });
    expect(response.headers["content-type"]).toBe(TEXT);
    expect(response.body.toString()).toBe("aggregated 1\n");
  });
});

/** prom-client leaves quotes in HELP as they are, which OpenMetrics 1.0 does not allow. */
function escapeHelpQuotes(text: string): string {
  return text.replace(/^# HELP .*$/gm, (line) => line.replaceAll('"', '\\"'));
}

describe("other requests", () => {
  it("are told that the process lives at /healthz", async () => {
    const { url } = await start();
    const response = await ask(new URL("/healthz", url).href);
    expect([response.status, response.body.toString()]).toEqual([200, "ok\n"]);
  });

  it.each(["POST", "PUT", "DELETE", "OPTIONS", "PATCH"])("get 405 and Allow for %s", async (method) => {
    const { url } = await start();
    for (const target of [url, new URL("/healthz", url).href]) {
      const response = await ask(target, { method });
      expect(response.status).toBe(405);
      expect(response.headers.allow).toBe("GET, HEAD");
    }
  });

  it("get 404 for any other path, and for a target that is not a path", async () => {
    const { url, port } = await start();
    for (const path of ["/", "/metrics/", "/metricsx", "/favicon.ico"]) {
      expect((await ask(new URL(path, url).href)).status).toBe(404);
    }
    expect(
      await talk(port, "GET http://[ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"),
    ).toContain(" 404 ");
  });
});

describe("when things go wrong", () => {
  it("responds with 500 without a word about the inside, tells onError, and serves the next scrape", async () => {
    const onError = vi.fn();
    let healthy = false;
    const failure = new Error("secret-inside postgres://user:pw@db");
    const registry = registryCollecting(() => {
      if (!healthy) throw failure;
    });
    const { url } = await start({ registry, onError });
    const failed = await ask(url);
    expect(failed.status).toBe(500);
    expect(failed.body.toString()).not.toMatch(/secret|postgres|Error|at /);
    expect(onError).toHaveBeenCalledExactlyOnceWith(failure);
    healthy = true;
    expect((await ask(url)).status).toBe(200);
  });

  it.each<[string, unknown, string]>([
    ["Error", new Error("postgres://user:s3cret@db"), "Error"],
    ["TypeError", new TypeError("s3cret"), "TypeError"],
    ["ECONNREFUSED", Object.assign(new Error("s3cret"), { code: "ECONNREFUSED" }), "Error ECONNREFUSED"],
    [
      "an error named by a secret",
      Object.assign(new Error("x"), { name: "s3cret 1", code: "s3cret" }),
      "Error",
    ],
    ["a string", "s3cret", "a thrown string"],
  ])(
    "warns of the kind of a failed scrape without its message, when there is no onError: %s",
    async (_, failure, kind) => {
      const warn = vi.spyOn(process, "emitWarning").mockImplementation(() => {});
      const { url } = await start({ registry: registryCollecting(() => Promise.reject(failure)) });
      expect((await ask(url)).status).toBe(500);
      const [message] = warn.mock.calls[0] ?? [];
      expect(message).toContain(`a scrape of the metrics failed: ${kind}, thrown by`);
      expect(message).not.toContain("s3cret");
      warn.mockRestore();
    },
  );

  it("responds with 500 also when onError itself throws", async () => {
    const warn = vi.spyOn(process, "emitWarning").mockImplementation(() => {});
    const registry = registryCollecting(() => Promise.reject(new Error("collect")));
    const onError = () => {
      throw new Error("log is full");
    };
    const { url } = await start({ registry, onError });
    expect((await ask(url)).status).toBe(500);
    expect(warn.mock.calls[0]?.[0]).toContain("so did the onError");
    expect(warn.mock.calls[0]?.[0]).not.toContain("log is full");
    warn.mockRestore();
  });

  it("responds with 503 to a scrape whose registry hangs, asks it once for all who wait, and recovers", async () => {
    let hang = true;
    const collect = vi.fn(() => (hang ? new Promise<void>(() => {}) : Promise.resolve()));
    const onError = vi.fn();
    const { url } = await start({ registry: registryCollecting(collect), timeoutSeconds: 0.5, onError });
    const responses = await Promise.all([ask(url), ask(url), ask(url)]);
    expect(responses.map((response) => response.status)).toEqual([503, 503, 503]);
    expect(collect).toHaveBeenCalledTimes(1);
    expect(onError.mock.calls[0]?.[0]).toMatchObject({ name: "ScrapeTimeoutError" });
    hang = false;
    expect((await ask(url)).status).toBe(200);
  });

  it("ends a connection that does not finish its headers in time", async () => {
    const { port } = await start({ timeoutSeconds: 0.5 });
    expect(await talk(port, "GET /metrics HTTP/1.1\r\nHost: localhost\r\n")).toContain(" 408 ");
  });

  it("ends a connection that does not finish its body in time", async () => {
    const { port } = await start({ timeoutSeconds: 0.5 });
    const received = await talk(
      port,
      "GET /metrics HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n",
    );
    expect(received).toContain(" 200 ");
  });

  it("says so when the port is in use, and keeps the system's code", async () => {
    const { port } = await start();
    const attempt = serveMetrics({ registry: textRegistry(), port });
    await expect(attempt).rejects.toMatchObject({
      code: "EADDRINUSE",
      message: expect.stringMatching(new RegExp(`port ${port}: the port is in use`)),
      cause: expect.anything(),
    });
  });

  it("says so when the host is not an address of this machine", async () => {
    const attempt = serveMetrics({ registry: textRegistry(), host: "192.0.2.1", port: 0, insecure: true });
    await expect(attempt).rejects.toThrow(/192\.0\.2\.1.*check `host`/);
  });
});

describe("close()", () => {
  it("ends idle, half-sent and waiting connections, and may be called twice", async () => {
    const hanging = registryCollecting(() => new Promise(() => {}));
    const { port, close } = await start({ registry: hanging, onError: () => {} });
    const connections = ["", "GET /metr", "GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n"].map((text) =>
      talk(port, text),
    );
    await ask(`http://127.0.0.1:${port}/healthz`);
    await Promise.all([close(), close()]);
    expect(await Promise.all(connections)).toEqual(["", "", ""]);
    await expect(ask(`http://127.0.0.1:${port}/healthz`)).rejects.toMatchObject({ code: "ECONNREFUSED" });
  });
});

describe("options", () => {
  it("default to loopback and port 9464", async () => {
    const { resolveServeOptions } = await import("../../packages/exporter/src/metrics/resolve-options.ts");
    const resolved = resolveServeOptions({ registry: textRegistry() });
    expect(resolved).toMatchObject({ host: "127.0.0.1", port: 9464, path: "/metrics", timeoutSeconds: 10 });
  });

  it.each<[string, Record<string, unknown>, RegExp]>([
    ["a registry that is none", { registry: {} }, /^registry: expected a Registry.*got an object/],
    ["a port above the range", { port: 65_536 }, /^port: expected a whole number.*got 65536/],
    ["a port as a string", { port: "9464" }, /^port:.*got "9464"/],
    ["an empty host", { host: "" }, /^host:.*got an empty string/],
    ["a path without a slash", { path: "metrics" }, /^path: .*got a string$/],
    ["the path of the health check", { path: "/healthz" }, /^path:.*not "\/healthz"/],
    ["a time-out of zero", { timeoutSeconds: 0 }, /^timeoutSeconds:.*got 0/],
    ["a log that is no function", { onError: true }, /^onError: expected a function, got true/],
    ["an unknown option", { prot: 1 }, /^prot: unknown key, did you mean port\?$/],
  ])("refuse %s", async (_, wrong, message) => {
    const attempt = serveMetrics({ registry: textRegistry(), port: 0, ...wrong });
    await expect(attempt).rejects.toThrow(TypeError);
    await expect(serveMetrics({ registry: textRegistry(), port: 0, ...wrong })).rejects.toThrow(message);
  });

  it("refuse to be anything but an object", async () => {
    const attempt = serveMetrics(undefined as unknown as ServeMetricsOptions);
    await expect(attempt).rejects.toThrow("options: expected an object with registry, host, port");
  });
});
