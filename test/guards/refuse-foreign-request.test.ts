import { isLoopbackHost, refuseForeignRequest } from "@intercom-telemetry/guards/http";
import { describe, expect, it } from "vitest";

const LOOPBACK = { listenHost: "127.0.0.1" };
const status = (headers: Record<string, string>, rules = LOOPBACK, method = "GET") =>
  refuseForeignRequest({ method, headers }, rules)?.status;

describe("a server on loopback", () => {
  it.each([
    "localhost",
    "LOCALHOST:9464",
    "localhost:9464",
    "grafana.localhost",
    "127.0.0.1:9464",
    "127.8.9.1",
    "[::1]:9464",
    "10.0.2.2:9464",
    "host.docker.internal:9464",
  ])("is meant by the host %s", (host) => {
    expect(status({ host })).toBeUndefined();
  });

  it.each([
    "evil.example",
    "evil.example:9464",
    "127.0.0.1.evil.example",
    "localhost.evil.example",
    "evillocalhost",
    "evil.internal.example",
    "x",
    "[evil]",
    "",
  ])("is not meant by the host %j, which may be rebound", (host) => {
    expect(status({ host })).toBe(421);
  });

  it("is meant by the names that its user allows, and by the one it listens on", () => {
    const rules = { listenHost: "127.0.0.1", allowedHosts: ["Metrics.example"] };
    expect(status({ host: "metrics.example:443" }, rules)).toBeUndefined();
    expect(status({ host: "other.example" }, rules)).toBe(421);
  });

  it("does not miss the header in HTTP/1.0", () => {
    expect(status({})).toBeUndefined();
  });
});

it("a server that other machines reach is asked under any name", () => {
  expect(status({ host: "metrics.shop.svc" }, { listenHost: "0.0.0.0" })).toBeUndefined();
});

describe("a page of another site", () => {
  const host = "127.0.0.1:9464";
  it.each<[string, Record<string, string>]>([
    ["with its origin", { host, origin: "https://evil.example" }],
    ["of another port", { host, origin: "http://127.0.0.1:3000" }],
    ["without an origin to name", { host, origin: "null" }],
    ["that fetches", { host, "sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors" }],
    ["of the same machine that fetches", { host, "sec-fetch-site": "same-site", "sec-fetch-mode": "cors" }],
    [
      "that has a frame",
      { host, "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "iframe" },
    ],
  ])("is refused: %s", (_, headers) => {
    expect(status(headers)).toBe(403);
    expect(status(headers, { listenHost: "0.0.0.0" })).toBe(403);
  });

  const link = {
    host,
    "sec-fetch-site": "cross-site",
    "sec-fetch-mode": "navigate",
    "sec-fetch-dest": "document",
  };
  it("may have a link here, and no form", () => {
    expect(status(link)).toBeUndefined();
    expect(status(link, LOOPBACK, "POST")).toBe(403);
  });

  it.each<[string, Record<string, string>]>([
    ["its own page", { host, origin: `http://${host}`, "sec-fetch-site": "same-origin" }],
    ["its own page over TLS", { host, origin: `https://${host}` }],
    ["the address bar", { host, "sec-fetch-site": "none", "sec-fetch-mode": "navigate" }],
    ["no browser", { host }],
  ])("is not %s", (_, headers) => {
    expect(status(headers)).toBeUndefined();
  });
});

describe("a request that controls something", () => {
  const rules = { ...LOOPBACK, isControl: true };
  const host = "localhost";
  it.each<[Record<string, string>, number | undefined]>([
    [{ "content-type": "text/plain", "content-length": "2" }, 415],
    [{ "content-length": "2" }, 415],
    [{ "content-type": "application/jsonx", "transfer-encoding": "chunked" }, 415],
    [{ "content-type": "application/json", "content-length": "2" }, undefined],
    [{ "content-type": "Application/JSON; charset=utf-8", "transfer-encoding": "chunked" }, undefined],
    [{ "content-length": "0" }, undefined],
    [{}, undefined],
  ])("%j gives %s", (headers, expected) => {
    expect(status({ host, ...headers }, rules, "POST")).toBe(expected);
  });
});

it.each([
  ["localhost", true],
  ["127.8.9.1", true],
  ["::1", true],
  ["[::1]", true],
  ["0.0.0.0", false],
  ["::", false],
  ["127.0.0.1.example.com", false],
])("isLoopbackHost(%s) is %s", (host, expected) => {
  expect(isLoopbackHost(host)).toBe(expected);
});
