import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { gunzipSync } from "node:zlib";
import { type MetricsRegistry, metricsHandler } from "@intercom-telemetry/exporter";
import express from "express";
import fastify from "fastify";
import { afterEach, describe, expect, it } from "vitest";
import { ask } from "./http-request.ts";
import { textRegistry } from "./registries.ts";

/** Starts one kind of server around the handler; gives the address of the metrics and a way to stop. */
type Host = (registry: MetricsRegistry) => Promise<{ url: string; stop: () => Promise<unknown> }>;

const bare: Host = async (registry) => {
  const server = createServer(metricsHandler(registry, { onError: () => {} }));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/metrics`, stop: () => new Promise((done) => server.close(done)) };
};

const onExpress: Host = async (registry) => {
  const app = express();
  app.all("/metrics", metricsHandler(registry, { onError: () => {} }));
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/metrics`, stop: () => new Promise((done) => server.close(done)) };
};

const onFastify: Host = async (registry) => {
  const app = fastify();
  app.all("/metrics", metricsHandler(registry, { onError: () => {} }));
  const address = await app.listen({ port: 0, host: "127.0.0.1" });
  return { url: `${address}/metrics`, stop: () => app.close() };
};

let stop: () => Promise<unknown> = async () => {};
afterEach(() => stop());

describe.each<[string, Host]>([
  ["bare http", bare],
  ["Express", onExpress],
  ["Fastify", onFastify],
])("metricsHandler on %s", (_, host) => {
  async function start(registry: MetricsRegistry): Promise<string> {
    const running = await host(registry);
    stop = running.stop;
    return running.url;
  }

  it("answers with the registry, typed and compressed as asked", async () => {
    const registry = textRegistry();
    const url = await start(registry);
    const plain = await ask(url);
    expect(plain.status).toBe(200);
    expect(plain.headers["content-type"]).toBe("text/plain; version=0.0.4; charset=utf-8");
    expect(plain.body.toString()).toBe(await registry.metrics());
    const zipped = await ask(url, { headers: { "accept-encoding": "gzip" } });
    expect(zipped.headers["content-encoding"]).toBe("gzip");
    expect(gunzipSync(zipped.body).toString()).toBe(plain.body.toString());
    const openMetrics = await ask(url, { headers: { accept: "application/openmetrics-text" } });
    expect(openMetrics.headers["content-type"]).toContain("application/openmetrics-text");
    expect(openMetrics.body.toString()).toMatch(/# EOF\n$/);
  });

  it("answers HEAD with headers alone and refuses other methods", async () => {
    const url = await start(textRegistry());
    const head = await ask(url, { method: "HEAD" });
    expect([head.status, head.body.length]).toEqual([200, 0]);
    expect(Number(head.headers["content-length"])).toBeGreaterThan(0);
    const post = await ask(url, { method: "POST" });
    expect([post.status, post.headers.allow]).toEqual([405, "GET, HEAD"]);
  });

  it("answers 500 when the registry throws, and lives on", async () => {
    const registry = textRegistry();
    let fail = true;
    const url = await start({
      contentType: registry.contentType,
      metrics: () => (fail ? Promise.reject(new Error("inside")) : registry.metrics()),
    });
    const failed = await ask(url);
    expect(failed.status).toBe(500);
    expect(failed.body.toString()).not.toContain("inside");
    fail = false;
    expect((await ask(url)).status).toBe(200);
  });
});

describe("metricsHandler", () => {
  it("refuses what is no registry and what is no option", () => {
    const wrong = { collect: true } as unknown as MetricsRegistry;
    expect(() => metricsHandler(wrong)).toThrow(
      /option registry: expected a Registry of prom-client, got an object/,
    );
    const unknown = { port: 1 } as unknown as undefined;
    expect(() => metricsHandler(textRegistry(), unknown)).toThrow(/metricsHandler: unknown option "port"/);
  });
});
