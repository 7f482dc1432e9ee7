import { createTargetReader, DEFAULT_API_HOSTS, parseApiHost } from "@intercom-telemetry/core";
import fc from "fast-check";
import { expect, it } from "vitest";

const gateways = ["gateway.example/a", "gateway.example/a/b"].map((host) => parseApiHost(host));
const hosts = [...DEFAULT_API_HOSTS, ...gateways.flatMap((host) => host ?? [])];

const bases = fc.constantFrom(
  "https://api.intercom.io",
  "https://API.intercom.io",
  "https://api.intercom.io:443",
  "https://api.intercom.io:8443",
  "https://me:secret@api.intercom.io",
  "https://api.intercom.io@elsewhere.example",
  "https://gateway.example/a",
  "https://gateway.example/a/b",
  "https://elsewhere.example",
  "ftp://api.intercom.io",
  "",
);
const paths = fc.oneof(
  fc.constantFrom(
    "/me",
    "/contacts/1?per_page=5",
    "/contacts/1#part",
    "/../me",
    "/a\\b",
    '/a"b',
    "/<a>",
    "/{id}",
    "/a`b",
    "/me?a='b'",
    "//me",
    ".evil.com/me",
    "@evil.com/me",
  ),
  fc.string({ unit: "grapheme", maxLength: 30 }).map((text) => `/${text}`),
);

it("a URL in two parts leads where it leads in one, whatever was read before it", () => {
  const readParts = createTargetReader(hosts);
  fc.assert(
    fc.property(bases, paths, (base, path) => {
      const whole = createTargetReader(hosts)(base + path);
      expect(readParts(path, base)).toEqual(whole);
      // What was learned from the first reading must not change the second.
      expect(readParts(path, base)).toEqual(whole);
    }),
  );
});

it("a client of more bases than are remembered has each of them read", () => {
  const read = createTargetReader(DEFAULT_API_HOSTS);
  for (let port = 1000; port < 1020; port += 1) {
    const base = `https://api.intercom.io:${port}`;
    read("/me", base);
    expect(read("/me", base)).toMatchObject({ hostname: "api.intercom.io", port, path: "/me", query: "" });
  }
});

/** How often this work needs a URL parser. */
function countParsed(work: () => void): number {
  let count = 0;
  const original = globalThis.URL;
  globalThis.URL = class extends original {
    constructor(url: string | URL) {
      super(url);
      count += 1;
    }
  };
  try {
    work();
  } finally {
    globalThis.URL = original;
  }
  return count;
}

it("a remembered base costs no URL", () => {
  const read = createTargetReader(DEFAULT_API_HOSTS);
  read("/me", "https://api.intercom.io");
  read("/me", "https://api.eu.intercom.io");
  const parsed = countParsed(() => {
    for (const hostname of ["api.intercom.io", "api.eu.intercom.io"])
      expect(read("/contacts/1", `https://${hostname}`)).toMatchObject({ hostname, path: "/contacts/1" });
  });
  expect(parsed).toBe(0);
});

it("as many bases are remembered as a client can have, and no more", () => {
  const read = createTargetReader(DEFAULT_API_HOSTS);
  const baseOf = (index: number) => `https://api.intercom.io:${1000 + index}`;
  for (let index = 0; index < 12; index += 1) read("/me", baseOf(index));
  const costs = (index: number) => countParsed(() => read("/me", baseOf(index)));
  expect(Array.from({ length: 12 }, (_, index) => costs(index))).toEqual([...Array(10).fill(0), 1, 1]);
});

it.each(["/contacts/1", "/contacts/a%40b:c?per_page=5", "/contacts#part", "/contacts/1?q=a..b"])(
  "the next whole URL of the same origin costs no URL: %s",
  (path) => {
    const read = createTargetReader(DEFAULT_API_HOSTS);
    read("https://api.intercom.io/me");
    expect(countParsed(() => read(`https://api.intercom.io${path}`))).toBe(0);
  },
);

it("two entries for one place are remembered as one", () => {
  const read = createTargetReader([
    { hostname: "proxy", basePath: "/a" },
    { hostname: "proxy", port: 80, basePath: "/a" },
  ]);
  read("http://proxy/a/me");
  expect(countParsed(() => read("http://proxy/a/contacts"))).toBe(0);
});

it("places elsewhere on the same host leave the memory of an origin as it is", () => {
  const read = createTargetReader([
    { hostname: "proxy", port: 8080, basePath: "/a" },
    { hostname: "proxy", port: 9090, basePath: "/b" },
    { hostname: "other", basePath: "/c" },
  ]);
  read("http://proxy:8080/a/me");
  expect(countParsed(() => read("http://proxy:8080/a/contacts"))).toBe(0);
});

it("a base elsewhere leads nowhere, as the first one or between Intercom's", () => {
  const read = createTargetReader(DEFAULT_API_HOSTS);
  for (const base of ["https://elsewhere.example", "https://api.intercom.io", "https://elsewhere.example"]) {
    const hostname = base.includes("intercom") ? "api.intercom.io" : undefined;
    for (let time = 0; time < 2; time += 1) expect(read("/me", base)?.hostname).toBe(hostname);
  }
});

it("what continues the host's name behind a remembered base is another host", () => {
  const read = createTargetReader(DEFAULT_API_HOSTS);
  read("/me", "https://api.intercom.io");
  expect(read(".elsewhere.example/me", "https://api.intercom.io")).toBeUndefined();
});

it("only a parser reads dot segments behind a remembered base", () => {
  const read = createTargetReader(DEFAULT_API_HOSTS);
  read("/me", "https://api.intercom.io");
  for (const path of ["/a/../contacts", "/a/%2e%2e/contacts", "/a\\..\\contacts", "/con\ttacts"])
    expect(read(path, "https://api.intercom.io")?.path).toBe("/contacts");
});

it("a query ends at the fragment, and a fragment holds no query", () => {
  const read = createTargetReader(DEFAULT_API_HOSTS);
  read("https://api.intercom.io/me");
  for (const [rest, path, query] of [
    ["/me?a=1?b=2#c?d", "/me", "a=1?b=2"],
    ["/me#c?d", "/me", ""],
    ["/me?#c", "/me", ""],
  ])
    expect(read(`https://api.intercom.io${rest}`)).toMatchObject({ path, query });
});
