import { createServer, type Socket } from "node:net";
import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { systemClock } from "../../packages/cli/src/probe/clock.ts";
import { httpGet, type ProbeContext } from "../../packages/cli/src/probe/http-get.ts";
import { startStopwatch } from "../../packages/cli/src/probe/phases.ts";
import { toPrintable } from "../../packages/cli/src/probe/printable.ts";
import { proxyFor } from "../../packages/cli/src/probe/proxy.ts";
import { probeStatusPage } from "../../packages/cli/src/probe/status-page.ts";
import { readStatusSummary } from "../../packages/cli/src/probe/status-summary.ts";
import { type Stub, startStub } from "../exporter/stubs.ts";

const context: ProbeContext = { clock: systemClock, env: {}, learnSecret: () => {}, timeoutSeconds: 5 };
const get = (url: string, maxBodyBytes = 1000) => ({ url: new URL(url), headers: {}, maxBodyBytes });

let open: Stub | undefined;
afterEach(() => open?.close());

async function stub(...args: Parameters<typeof startStub>): Promise<Stub> {
  open = await startStub(...args);
  return open;
}

describe("phases", () => {
  it("are seconds, one after the other, and the total is since the start", () => {
    let nowSeconds = 100;
    const stopwatch = startStopwatch({ ...systemClock, monotonicSeconds: () => nowSeconds });
    nowSeconds = 100.25;
    stopwatch.lap("dns");
    nowSeconds = 100.75;
    stopwatch.lap("connect");
    nowSeconds = 102;
    expect(stopwatch.read()).toEqual({ dns: 0.25, connect: 0.5, total: 2 });
  });
});

describe("httpGet", () => {
  it("reads no more of a body than asked for, and says that it is cut", async () => {
    const { url } = await stub((_, response) => {
      const timer = setInterval(() => response.write("x".repeat(600)), 1);
      response.on("close", () => clearInterval(timer));
    });
    const response = await httpGet(get(url), context);
    expect(response).toMatchObject({
      arrived: true,
      status: 200,
      body: "x".repeat(1000),
      bodyIsWhole: false,
    });
  });

  it("names a host by name and times its lookup", async () => {
    const { port } = await stub((_, response) => response.end());
    const response = await httpGet(get(`http://localhost:${port}/`), context);
    expect(response).toMatchObject({
      arrived: true,
      phases: { dns: expect.any(Number), connect: expect.any(Number) },
    });
  });

  it("gives up on a TLS handshake that never ends", async () => {
    const sockets: Socket[] = [];
    const server = createServer((socket) => sockets.push(socket));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    const port = typeof address === "object" ? address?.port : 0;
    const response = await httpGet(get(`https://127.0.0.1:${port}/`), { ...context, timeoutSeconds: 0.3 });
    server.close();
    for (const socket of sockets) socket.destroy();
    expect(response).toMatchObject({
      arrived: false,
      code: "timeout",
      phases: { connect: expect.any(Number) },
    });
    expect(response.phases.tls).toBeUndefined();
    expect(response.phases.total).toBeGreaterThanOrEqual(0.29);
  });

  it("ends as canceled when its signal aborts, before or during the request", async () => {
    const { url } = await stub(() => {});
    expect(await httpGet(get(url), { ...context, signal: AbortSignal.abort() })).toMatchObject({
      code: "canceled",
    });
    const ending = new AbortController();
    const going = httpGet(get(url), { ...context, timeoutSeconds: 60, signal: ending.signal });
    setTimeout(() => ending.abort(), 20);
    expect(await going).toMatchObject({ arrived: false, code: "canceled" });
  });

  it("asks a proxy for a plain HTTP address, with the credentials of the proxy", async () => {
    const { port } = await stub(({ url, headers }, response) =>
      response.end([url, headers.host, headers["proxy-authorization"]].join(" ")),
    );
    const env = { http_proxy: `http://user:p%40ss@127.0.0.1:${port}` };
    const response = await httpGet(get("http://api.example.com/me?x=1"), { ...context, env });
    const credentials = Buffer.from("user:p@ss").toString("base64");
    expect(response).toMatchObject({
      body: `http://api.example.com/me?x=1 api.example.com Basic ${credentials}`,
    });
  });

  it("turns what is not HTTP into a failure", async () => {
    const server = createServer((socket) => socket.end("SSH-2.0-OpenSSH_9.0\r\n"));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    const port = typeof address === "object" ? address?.port : 0;
    const response = await httpGet(get(`http://127.0.0.1:${port}/`), context);
    server.close();
    expect(response).toMatchObject({ arrived: false, code: expect.stringMatching(/^HPE_/) });
  });
});

describe("proxyFor", () => {
  it.each<[string, Record<string, string>, string | undefined]>([
    ["https://api.intercom.io", {}, undefined],
    ["https://api.intercom.io", { HTTPS_PROXY: "http://p:1" }, "http://p:1/"],
    ["https://api.intercom.io", { HTTPS_PROXY: "http://p:1", https_proxy: "http://q:1" }, "http://q:1/"],
    ["https://api.intercom.io", { HTTP_PROXY: "http://p:1" }, undefined],
    ["https://api.intercom.io", { ALL_PROXY: "p:1" }, "http://p:1/"],
    ["https://api.intercom.io", { HTTPS_PROXY: "http://p:1", NO_PROXY: "*" }, undefined],
    ["https://api.intercom.io", { HTTPS_PROXY: "http://p:1", NO_PROXY: ".intercom.io" }, undefined],
    ["https://api.intercom.io", { HTTPS_PROXY: "http://p:1", NO_PROXY: "*.intercom.io" }, undefined],
    ["https://api.intercom.io", { HTTPS_PROXY: "http://p:1", NO_PROXY: "intercom.io" }, "http://p:1/"],
    ["https://api.intercom.io", { HTTPS_PROXY: "http://p:1", NO_PROXY: "x, API.intercom.io:443" }, undefined],
    ["https://api.intercom.io", { HTTPS_PROXY: "http://p:1", NO_PROXY: "api.intercom.io:80" }, "http://p:1/"],
  ])("for %s under %j is %s", (url, env, expected) => {
    expect(proxyFor(new URL(url), env)?.href).toBe(expected);
  });
});

describe("the status page", () => {
  const good = JSON.stringify({ status: { indicator: "none" }, components: [], incidents: [] });

  it("is followed through redirects to its present host, without credentials", async () => {
    const seen: (string | undefined)[] = [];
    const { url } = await stub((request, response) => {
      seen.push(request.headers.authorization);
      if (request.url === "/old") response.writeHead(301, { location: "/new" }).end();
      else response.end(good);
    });
    const facts = await probeStatusPage(new URL(`${url}/old`), context);
    expect(facts).toMatchObject({ known: true, summary: { overall: "operational" } });
    expect(seen).toEqual([undefined, undefined]);
  });

  it.each<[string, Parameters<typeof startStub>[0], object]>([
    [
      "redirects in a circle",
      (_, response) => response.writeHead(302, { location: "/" }).end(),
      { kind: "too_many_redirects" },
    ],
    [
      "redirects to a file",
      (_, response) => response.writeHead(302, { location: "file:///etc/passwd" }).end(),
      { kind: "insecure_redirect" },
    ],
    ["responds with 503", (_, response) => response.writeHead(503).end(), { kind: "status", status: 503 }],
    ["is too large", (_, response) => response.end("x".repeat(1_100_000)), { kind: "too_large" }],
    ["is other JSON", (_, response) => response.end('{"status":"ok"}'), { kind: "not_a_status_page" }],
  ])("is unknown when it %s", async (_, listener, problem) => {
    const { url } = await stub(listener);
    const facts = await probeStatusPage(new URL(url), context);
    expect(facts).toEqual({ known: false, problem });
  });

  it("tells regions by group or name, synonyms, and words that it does not know", () => {
    const component = (name: string, status: unknown, group_id: string | null = null) => ({
      name,
      status,
      group_id,
    });
    const summary = readStatusSummary({
      status: { indicator: "surprising" },
      components: [
        { id: "g", name: "EU Hosting", group: true },
        component("API", "full_outage", "g"),
        component("US - Inbox", "degraded_performance"),
        component("Contact us form", "constructor"),
        component("", "operational"),
      ],
      incidents: [
        { name: "A", impact: "weird" },
        { name: 5, status: "resolved" },
      ],
    });
    expect(summary).toEqual({
      overall: "unknown",
      components: [
        { name: "API", status: "major_outage", region: "eu" },
        { name: "US - Inbox", status: "degraded_performance", region: "us" },
        { name: "Contact us form", status: "unknown" },
      ],
      incidents: [{ name: "A", impact: "unknown" }],
    });
  });

  it("never throws and stays bounded, whatever the page holds", () => {
    fc.assert(
      fc.property(
        fc.anything(),
        fc.anything(),
        fc.array(fc.anything(), { maxLength: 150 }),
        (json, indicator, entries) => {
          readStatusSummary(json);
          const summary = readStatusSummary({
            status: { indicator },
            components: entries,
            incidents: entries,
          });
          expect(summary?.components.length ?? 0).toBeLessThanOrEqual(100);
        },
      ),
    );
  });
});

describe("toPrintable", () => {
  it("leaves nothing invisible and nothing long", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 600 }), (text) => {
        const printable = toPrintable(text);
        expect([...printable].length).toBeLessThanOrEqual(80);
        expect(printable).not.toMatch(/\p{C}|\p{Zl}|\p{Zp}/u);
      }),
    );
  });
});
