import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { gunzipSync } from "node:zlib";
import { type MetricsRegistry, metricsHandler } from "@intercom-telemetry/exporter";
import express, { type ErrorRequestHandler, type RequestHandler } from "express";
import fastify from "fastify";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ask } from "./http-request.ts";
import { textRegistry } from "./registries.ts";

/** Starts one kind of server around the handler; gives the address of the metrics and a way to stop. */
type Host = (registry: MetricsRegistry) => Promise<{ url: string; stop: () => Promise<unknown> }>;

async function listenOn(server: Server): ReturnType<Host> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/metrics`, stop: () => new Promise((done) => server.close(done)) };
}

const bare: Host = (registry) => listenOn(createServer(metricsHandler(registry, { onError: () => {} })));

const onExpress: Host = (registry) => {
  const app = express();
  app.all("/metrics", metricsHandler(registry, { onError: () => {} }));
  return listenOn(createServer(app));
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

  it("responds with the registry, typed and compressed as asked", async () => {
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

  it("responds to HEAD with headers alone and refuses other methods", async () => {
    const url = await start(textRegistry());
    const head = await ask(url, { method: "HEAD" });
    expect([head.status, head.body.length]).toEqual([200, 0]);
    expect(Number(head.headers["content-length"])).toBeGreaterThan(0);
    const post = await ask(url, { method: "POST" });
    expect([post.status, post.headers.allow]).toEqual([405, "GET, HEAD"]);
  });

  it("responds with 500 when the registry throws, and lives on", async () => {
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

const requireFromHere = createRequire(import.meta.url);
const express4: typeof express = requireFromHere("express-4");
const connectTimeout: (time: string) => RequestHandler = requireFromHere("connect-timeout");

/** A registry that is slower than the server around the handler, and a promise of its end. */
function slowRegistry(): { registry: MetricsRegistry; collected: Promise<void> } {
  const inner = textRegistry();
  let collected: Promise<void> = Promise.resolve();
  const ended = new Promise<void>((resolve) => {
    collected = new Promise((done) => setTimeout(done, 150));
    collected.then(() => setImmediate(resolve));
  });
  const metrics = async () => {
    await collected;
    return inner.metrics();
  };
  return { registry: { contentType: inner.contentType, metrics }, collected: ended };
}

describe("a server that has responded before the registry", () => {
  const failures: unknown[] = [];
  const note = (error: unknown) => failures.push(error);
  beforeEach(() => {
    failures.length = 0;
    process.on("unhandledRejection", note);
  });
  afterEach(() => {
    process.off("unhandledRejection", note);
  });

  it.each<[string, () => typeof express]>([
    ["Express 4", () => express4],
    ["Express 5", () => express],
  ])("%s with connect-timeout: the handler writes nothing more and does not reject", async (_, factory) => {
    const { registry, collected } = slowRegistry();
    const app = factory()();
    app.use(connectTimeout("30ms"));
    const handler = metricsHandler(registry, { onError: note });
    let handled: Promise<void> | undefined;
    app.get("/metrics", (request, response) => {
      handled = handler(request, response);
    });
    app.use(((_error, _request, response, _next) => response.status(503).end()) as ErrorRequestHandler);
    const { url, stop: close } = await listenOn(createServer(app));
    stop = close;
    expect((await ask(url)).status).toBe(503);
    await collected;
    await expect(handled).resolves.toBeUndefined();
    expect(failures).toEqual([]);
  });

  it("bare http: the handler leaves a response alone that is sent, ended or destroyed", async () => {
    const { registry } = slowRegistry();
    const handler = metricsHandler(registry, { onError: note });
    for (const end of [
      (response: ServerResponse) => void response.writeHead(503).end(),
      (response: ServerResponse) => void response.end(),
      (response: ServerResponse) => void response.destroy(),
    ]) {
      let handled: Promise<void> | undefined;
      const { url, stop: close } = await listenOn(
        createServer((request, response) => {
          handled = handler(request, response);
          end(response);
        }),
      );
      await ask(url).catch(() => {});
      await expect(handled).resolves.toBeUndefined();
      await close();
    }
    expect(failures).toEqual([]);
  });

  it("Fastify: the handler leaves a reply alone that is sent", async () => {
    const { registry } = slowRegistry();
    const calls: string[] = [];
    const call = (name: string) => () => calls.push(name);
    const reply = { sent: true, code: call("code"), headers: call("headers"), send: call("send") };
    await metricsHandler(registry)({ raw: { method: "GET", headers: {} } as IncomingMessage }, reply);
    expect(calls).toEqual([]);
  });

  it("an onError that throws or rejects ends neither the handler nor the service", async () => {
    const failing = {
      contentType: textRegistry().contentType,
      metrics: () => Promise.reject(new Error("no")),
    };
    const rejections: unknown[] = [];
    const listener = (reason: unknown) => void rejections.push(reason);
    process.on("unhandledRejection", listener);
    const raw = { method: "GET", headers: {} } as IncomingMessage;
    const reply = { code: () => {}, headers: () => {}, send: () => {} };
    for (const onError of [() => Promise.reject(new Error("log")), () => expect.unreachable()]) {
      await metricsHandler(failing as never, { onError })({ raw }, reply);
    }
    await new Promise((resolve) => setImmediate(resolve));
    process.off("unhandledRejection", listener);
    expect(rejections).toEqual([]);
  });

  it("a response that throws goes to onError", async () => {
    const { registry } = slowRegistry();
    const thrown = new Error("illegal header");
    const reply = {
      code: () => {
        throw thrown;
      },
      headers: () => {},
      send: () => {},
    };
    await metricsHandler(registry, { onError: note })(
      { raw: { method: "GET", headers: {} } as IncomingMessage },
      reply,
    );
    expect(failures).toEqual([thrown]);
  });
});

it("collections that hang do not pile up, and the first that ends lets the next one start", async () => {
  const inner = textRegistry();
  const finish: (() => void)[] = [];
  let hang = true;
  let collections = 0;
  const metrics = async () => {
    collections += 1;
    if (hang) await new Promise<void>((resolve) => finish.push(resolve));
    return inner.metrics();
  };
  const handler = metricsHandler(
    { contentType: inner.contentType, metrics },
    { timeoutSeconds: 0.02, onError: () => {} },
  );
  const { url, stop: close } = await listenOn(createServer(handler));
  stop = close;
  let responses = 0;
  while (collections < 5) {
    expect((await ask(url)).status).toBe(503);
    responses += 1;
  }
  // Pauses of 0, 1, 3 and 7 timeouts lie between five collections.
  expect(responses).toBeGreaterThan(10);
  hang = false;
  for (const end of finish) end();
  await expect.poll(async () => (await ask(url)).status).toBe(200);
});

describe("metricsHandler", () => {
  it("refuses what is not a registry and what is not an option", () => {
    const wrong = { collect: true } as unknown as MetricsRegistry;
    expect(() => metricsHandler(wrong)).toThrow(
      /^registry: expected a Registry of prom-client, got an object/,
    );
    const unknown = { port: 1 } as unknown as undefined;
    expect(() => metricsHandler(textRegistry(), unknown)).toThrow(
      /^port: unknown key, expected one of timeoutSeconds, onError$/,
    );
  });
});
