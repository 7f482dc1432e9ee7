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

it("a remembered base costs no URL", () => {
  const read = createTargetReader(DEFAULT_API_HOSTS);
  read("/me", "https://api.intercom.io");
  read("/me", "https://api.eu.intercom.io");
  const original = globalThis.URL;
  try {
    globalThis.URL = class extends original {
      constructor() {
        super("https://parsed.example");
      }
    } as typeof URL;
    for (const host of ["api.intercom.io", "api.eu.intercom.io"])
      expect(read("/contacts/1", `https://${host}`)).toMatchObject({ hostname: host, path: "/contacts/1" });
  } finally {
    globalThis.URL = original;
  }
});
