import { once } from "node:events";
import type { IncomingMessage, Server } from "node:http";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { buildDashboards } from "@intercom-telemetry/dashboards";
import type { Preview, PreviewOptions } from "@intercom-telemetry/preview";
import { startPreview } from "@intercom-telemetry/preview";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

/** What the stub in Prometheus's place was asked. */
const asked: string[] = [];
let prometheus: Server;
let preview: Preview;

beforeAll(async () => {
  prometheus = createServer(async (incoming, response) => {
    asked.push(`${incoming.method} ${incoming.url} ${await text(incoming)}`);
    response.writeHead(200, { "content-type": "application/json" }).end('{"status":"success","data":[]}');
  });
  prometheus.listen(0, "127.0.0.1");
  await once(prometheus, "listening");
  const { port } = prometheus.address() as AddressInfo;
  preview = await startPreview({ prometheusUrl: `http://127.0.0.1:${port}/` });
});

afterAll(async () => {
  await preview.close();
  prometheus.close();
});

function ask(path: string, parameters = ""): Promise<Response> {
  return fetch(new URL(path, preview.url), { method: "POST", body: new URLSearchParams(parameters) });
}

test("the dashboards are handed out as the dashboards package builds them", async () => {
  const response = await fetch(new URL("dashboards.json", preview.url));
  expect(await response.json()).toEqual(JSON.parse(JSON.stringify(buildDashboards())));
});

test("the page is served at its root and for each dashboard, and may load nothing from elsewhere", async () => {
  for (const path of ["/", "/d/intercom-client-slo?from=now-6h"]) {
    const response = await fetch(new URL(path, preview.url));
    expect(await response.text()).toContain("Preview of the Grafana dashboards");
    expect(response.headers.get("content-security-policy")).toContain(
      "default-src 'none'; script-src 'self';",
    );
  }
  expect((await fetch(new URL("package.json", preview.url))).status).toBe(404);
  expect((await fetch(new URL("..%2f..%2fpackage.json", preview.url))).status).toBe(404);
  expect((await fetch(preview.url, { method: "DELETE" })).status).toBe(405);
});

test("questions reach Prometheus, and nothing that is not reading does", async () => {
  asked.length = 0;
  expect(await (await ask("prometheus/api/v1/query_range", "query=up")).json()).toEqual({
    status: "success",
    data: [],
  });
  await ask("prometheus/api/v1/label/job/values", "match[]=up");
  expect(asked).toEqual([
    "POST /api/v1/query_range query=up",
    `GET /api/v1/label/job/values?${new URLSearchParams("match[]=up")} `,
  ]);
  const refused = [
    "api/v1/admin/tsdb/snapshot",
    "-/reload",
    "api/v1/label/..%2f..%2fx/values",
    "api/v1/queryx",
  ];
  for (const path of refused) expect((await ask(`prometheus/${path}`)).status).toBe(403);
  expect((await fetch(new URL("prometheus/api/v1/query?query=up", preview.url))).status).toBe(405);
  expect(asked).toHaveLength(2);
});

test("a page of another site that names itself 127.0.0.1 gets nothing", async () => {
  const [response] = (await once(
    request(new URL("dashboards.json", preview.url), { headers: { host: "evil.example" } }).end(),
    "response",
  )) as [IncomingMessage];
  expect(response.statusCode).toBe(421);
  expect(await text(response)).not.toContain("uid");
});

async function statusOf(target: string, headers: Record<string, string> = {}): Promise<number | undefined> {
  const { port } = new URL(preview.url);
  const outgoing = request({ host: "127.0.0.1", port, path: target, headers });
  const [response] = (await once(outgoing.end(), "response")) as [IncomingMessage];
  response.resume();
  return response.statusCode;
}

test("a page of another site gets nothing, and may link to a dashboard", async () => {
  const site = { "sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors" };
  expect(await statusOf("/dashboards.json", site)).toBe(403);
  expect(await statusOf("/prometheus/api/v1/query", { origin: "https://evil.example" })).toBe(403);
  const link = { ...site, "sec-fetch-mode": "navigate", "sec-fetch-dest": "document" };
  expect(await statusOf("/", link)).toBe(200);
});

test.each(["//", "///", "//[", "http://[", "/\\\\[", "*"])(
  "a target that is not a path is not found: %s",
  async (target) => {
    expect(await statusOf(target)).toBe(404);
    expect(await statusOf("/dashboards.json")).toBe(200);
  },
);

test("a question of more than a megabyte is refused, in Prometheus's form", async () => {
  const response = await ask("prometheus/api/v1/query", `query=${"x".repeat(1_100_000)}`);
  expect(response.status).toBe(502);
  expect(await response.json()).toMatchObject({
    status: "error",
    error: expect.stringContaining("1000000 bytes"),
  });
});

test("a Prometheus that is not there is named in the response", async () => {
  const gone = createServer().listen(0, "127.0.0.1");
  await once(gone, "listening");
  const { port } = gone.address() as AddressInfo;
  gone.close();
  const lonely = await startPreview({ prometheusUrl: `http://127.0.0.1:${port}` });
  const response = await fetch(new URL("prometheus/api/v1/query", lonely.url), { method: "POST" });
  await lonely.close();
  expect(response.status).toBe(502);
  expect(await response.json()).toMatchObject({
    error: expect.stringMatching(
      new RegExp(`^Prometheus at http://127.0.0.1:${port} did not respond: .*ECONNREFUSED`),
    ),
  });
});

describe("options", () => {
  const good = { prometheusUrl: "http://127.0.0.1:9090" };
  test.each([
    ["prometheusUrl", {}, /^prometheusUrl: expected an address such as/],
    ["prometheusUrl", { prometheusUrl: "file:///etc/passwd" }, /^prometheusUrl: expected an address such as/],
    ["prometheusUrl", { prometheusUrl: "http://user:word@127.0.0.1" }, /without user name/],
    ["port", { ...good, port: 70_000 }, /^port: expected a whole number from 0 to 65535, got 70000$/],
    ["dashboards", { ...good, dashboards: [] }, /^dashboards: expected a list with at least one entry/],
    [
      "dashboards",
      { ...good, dashboards: [{ uid: "a" }, { uid: "a" }] },
      /^dashboards: expected a distinct uid/,
    ],
    [
      "host",
      { ...good, host: "0.0.0.0" },
      /^host: unknown key, expected one of prometheusUrl, port, dashboards$/,
    ],
  ])("a wrong %s is refused with what was expected and what came", async (_, options, message) => {
    await expect(startPreview(options as unknown as PreviewOptions)).rejects.toThrow(message);
  });

  test("a port that is taken is an error", async () => {
    const port = Number(new URL(preview.url).port);
    await expect(startPreview({ ...good, port })).rejects.toThrow("EADDRINUSE");
  });
});
