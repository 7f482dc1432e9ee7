import { type ApiHost, createTargetReader, DEFAULT_API_HOSTS, parseApiHost } from "@intercom-telemetry/core";
import { describe, expect, it } from "vitest";

describe("an entry of the hosts option", () => {
  it.each([
    ["proxy", { hostname: "proxy", basePath: "" }],
    ["Proxy.Example", { hostname: "proxy.example", basePath: "" }],
    ["proxy:8080", { hostname: "proxy", basePath: "", port: 8080 }],
    ["proxy:80", { hostname: "proxy", basePath: "", port: 80 }],
    ["http://proxy", { hostname: "proxy", basePath: "" }],
    ["http://proxy:80", { hostname: "proxy", basePath: "", port: 80 }],
    ["https://proxy:443/", { hostname: "proxy", basePath: "", port: 443 }],
    ["HTTPS://proxy:8443/base", { hostname: "proxy", basePath: "/base", port: 8443 }],
    ["proxy/base/path", { hostname: "proxy", basePath: "/base/path" }],
    ["http://proxy/base//", { hostname: "proxy", basePath: "/base" }],
    ["http://proxy/a//b", { hostname: "proxy", basePath: "/a//b" }],
    ["proxy/x:81/y", { hostname: "proxy", basePath: "/x:81/y" }],
    ["[::1]", { hostname: "[::1]", basePath: "" }],
    ["[::1]:4010", { hostname: "[::1]", basePath: "", port: 4010 }],
    ["[fe80::1234:5]", { hostname: "[fe80::1234:5]", basePath: "" }],
    ["http://[::1]:4010/base", { hostname: "[::1]", basePath: "/base", port: 4010 }],
    ["http://proxy/http://x", { hostname: "proxy", basePath: "/http://x" }],
  ])("%s is read", (text, host) => {
    expect(parseApiHost(text)).toStrictEqual(host);
  });

  it.each([
    "",
    "http://",
    "a b",
    "proxy?x",
    "proxy#x",
    "user@proxy",
    "http://:secret@proxy",
    "proxy:port",
    "proxy//base",
    "ftp://proxy",
    "ftp://http://proxy",
  ])("%j is refused", (text) => {
    expect(parseApiHost(text)).toBeUndefined();
  });

  it("is not one of Intercom's own, which take any port and have no base path", () => {
    expect(DEFAULT_API_HOSTS).toEqual([
      { hostname: "api.intercom.io", basePath: "" },
      { hostname: "api.eu.intercom.io", basePath: "" },
      { hostname: "api.au.intercom.io", basePath: "" },
    ]);
  });
});

describe("a URL is taken apart", () => {
  const read = createTargetReader([
    { hostname: "proxy", port: 8080, basePath: "/base" },
    { hostname: "[::1]", basePath: "" },
    ...DEFAULT_API_HOSTS,
  ]);

  it.each([
    ["http://proxy:8080/base/me?a=1#b", ["http:", "proxy", "proxy", 8080, "/base", "/me", "a=1"]],
    ["http://proxy:8080/base", ["http:", "proxy", "proxy", 8080, "/base", "/", ""]],
    ["http://proxy:8080/base/", ["http:", "proxy", "proxy", 8080, "/base", "/", ""]],
    ["http://[::1]/me", ["http:", "[::1]", "::1", 80, "", "/me", ""]],
    ["https://api.intercom.io/me#?x", ["https:", "api.intercom.io", "api.intercom.io", 443, "", "/me", ""]],
    ["https://api.intercom.io/a/../me", ["https:", "api.intercom.io", "api.intercom.io", 443, "", "/me", ""]],
    [
      "https://api.intercom.io/a/%2e%2E/me",
      ["https:", "api.intercom.io", "api.intercom.io", 443, "", "/me", ""],
    ],
    [
      "https://api.intercom.io:8443/me",
      ["https:", "api.intercom.io", "api.intercom.io", 8443, "", "/me", ""],
    ],
    ["https://api.intercom.io/m e", ["https:", "api.intercom.io", "api.intercom.io", 443, "", "/m%20e", ""]],
    ["https://api.intercom.io\\me", ["https:", "api.intercom.io", "api.intercom.io", 443, "", "/me", ""]],
  ])("%s", (url, parts) => {
    // The second time the origin is known, and the parser is asked only where it must be.
    for (let time = 0; time < 2; time += 1) {
      const target = read(url);
      const { protocol, hostname, address, port, basePath, path, query } = target ?? ({} as never);
      expect([protocol, hostname, address, port, basePath, path, query]).toEqual(parts);
    }
  });

  it.each([
    "http://proxy/base/me",
    "http://proxy:8080/me",
    "http://proxy:8080/basement/me",
    "ftp://api.intercom.io/me",
    "/me",
    "",
    "https://api.intercom.io.example/me",
    "https://elsewhere.example/https://api.intercom.io/",
  ])("%j is not Intercom", (url) => {
    read("https://api.intercom.io/me");
    expect(read(url)).toBeUndefined();
  });
});

describe("of two places on one host", () => {
  const [short, long] = [
    { hostname: "proxy", basePath: "/a" },
    { hostname: "proxy", basePath: "/a/longer" },
  ];

  it.each([
    ["the longer named first", [long, short]],
    ["the longer named last", [short, long]],
  ])("the one with the longer base path counts, %s, whichever was read before", (_, hosts) => {
    const read = createTargetReader(hosts as ApiHost[]);
    const split = (url: string) => [read(url)?.basePath, read(url)?.path];
    for (let time = 0; time < 2; time += 1) {
      expect(split("http://proxy/a/me")).toEqual(["/a", "/me"]);
      expect(split("http://proxy/a/longer/me")).toEqual(["/a/longer", "/me"]);
    }
  });
});
